"""What runs by itself: the clock of the jobs, the live message of an announcement, the alarm for operators."""
