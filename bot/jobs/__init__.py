"""What runs by itself: the clock, the message that follows an announcement, the alarm of those who run the bot."""
