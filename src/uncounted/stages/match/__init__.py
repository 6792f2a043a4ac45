"""Match: which claims are one incident, which entries one person."""
