"""Layer 1: plain text. Views with exact offsets, sentences, tokens, numbers; what reading and locating share."""
