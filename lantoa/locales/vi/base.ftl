site-name = Lan Tỏa
