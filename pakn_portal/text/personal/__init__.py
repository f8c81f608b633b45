"""Personal data in Vietnamese text: found by rules, masked, shown."""
