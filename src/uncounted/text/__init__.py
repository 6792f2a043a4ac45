"""Layer 1: plain text. Pure functions over strings that keep exact offsets in code points; imports only the words."""
