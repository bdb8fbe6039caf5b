"""What guests send us: photos and words, with their consent."""
