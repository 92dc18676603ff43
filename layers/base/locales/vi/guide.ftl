# The user guide at /huong-dan.

guide-title = Hướng dẫn sử dụng
guide-lead = Cách làm từng việc trên Lan Tỏa, từ lần đăng nhập đầu tiên đến cài đặt và sao lưu máy chủ.
guide-contents = Các chương
guide-on = Chương trước và chương sau
guide-previous = Chương trước
guide-next = Chương sau
