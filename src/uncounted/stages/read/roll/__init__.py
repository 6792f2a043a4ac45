"""The roll of the dead: who a report names among the killed, of what age and sex, and how many of each that makes.

``mentions`` finds names of persons, ``ages`` and ``beside`` read what the words next to a name tell, ``dying`` says
which of the named are dead, ``persons`` joins the mentions of one person, ``sums`` counts a group over the document.
What is inferred is marked so: by a claim's flag ``group_inferred``, by a count without words.
"""
