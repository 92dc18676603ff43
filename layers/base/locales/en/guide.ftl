# The user guide at /huong-dan.

guide-title = User guide
guide-lead = How to do each thing in Lan Tỏa, from signing in to running the server. The chapters are in Vietnamese; the last one sums them up in English.
guide-contents = Chapters
guide-on = Previous and next chapter
guide-previous = Previous chapter
guide-next = Next chapter
