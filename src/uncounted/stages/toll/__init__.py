"""Stage toll: what claims of incidents add up to, as ranges with reasons, under a named policy.

Functions here are pure: they take claims, incidents and origins and give ranges back. The only files read are the
policies that ship with the package.
"""
