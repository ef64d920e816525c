"""The text repair chain: pure steps in a fixed order, each reporting what it removed."""
