"""A person with an account: an address that was verified, a name to be shown by, and a role."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from bookwheel.web.people.permissions import Role

LONGEST_NAME = 60
"""Characters of the name that others see."""


class People(BaseUserManager["Person"]):
    """Every person of the catalogue."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> "Person":
        """A person with this address, in lower case; without a password until one is set."""
        person = self.model(email=email.strip().lower(), **more)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The address finds its person in whatever case it was typed."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who can sign in. All that is personal hangs on this row and goes with it."""

    email = models.EmailField(gettext_lazy("E-mail address"), max_length=254, unique=True)
    name = models.CharField(gettext_lazy("Name"), max_length=LONGEST_NAME, blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.READER)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(default=timezone.now, editable=False)
    language = models.CharField(max_length=10, blank=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email

    @property
    def shown_name(self) -> str:
        """The name others see; "" for somebody who gave none."""
        return self.name.strip()
