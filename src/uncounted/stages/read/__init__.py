"""Read: who said how many were harmed, in whose words."""
