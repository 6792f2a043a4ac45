"""One page that a court or an editor can read: the overlaps first, then what each engine says, then what moves it."""
