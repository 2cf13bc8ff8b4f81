from jianfu.kernel.quotes import quoted


def test_marks_inside_become_single_ones():
    assert quoted("国家宪法日“宪法晨读”主题教育") == "“国家宪法日‘宪法晨读’主题教育”"
