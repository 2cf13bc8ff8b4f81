"""What a password must be, refused in our words: Django's own are partly in English."""

from __future__ import annotations

from django.contrib.auth import password_validation


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"密码至少 {self.min_length} 位"

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 位"


class Uncommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "这个密码很多人用，换一个不容易猜到的"

    def get_help_text(self) -> str:
        return "不用常见的密码"


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "密码不能全是数字，加上字母"

    def get_help_text(self) -> str:
        return "不能全是数字"
