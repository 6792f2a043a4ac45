"""Layer 3: a case. Opens it, folds its facts and lends every stage what it needs."""
