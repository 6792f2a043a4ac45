"""The roll of the dead: who a report names among the killed, of what age and sex, and how many of each group that makes.

``mentions`` finds names of persons with what stands beside them, ``dying`` tells which of them are said to be dead,
``persons`` joins the mentions of one person and works out the group, ``sums`` counts a group over the document. What is
inferred is marked so: a claim's flag ``group_inferred``, a count without words.
"""
