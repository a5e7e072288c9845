"""Discord's errors as they stand on the wire, and a reader of forms that collects them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
UNKNOWN_USER = (404, 10013, "Unknown User")
UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
BOT_LIMITED = (403, 20026, "Your bot has been flagged by our anti-spam system for abusive behavior")
UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
UNKNOWN_COMMAND = (404, 10063, "Unknown application command")
TOO_MANY_COMMANDS = (400, 30032, "Maximum number of application commands reached (100).")
NOT_VERIFIED = (403, 40002, "You need to verify your account in order to perform this action")
SENDING_DISABLED = (403, 40004, "Send messages has been temporarily disabled")
TOO_LARGE = (413, 40005, "Request entity too large")
FEATURE_DISABLED = (403, 40006, "This feature has been temporarily disabled server-side")
TOO_MANY_FOLLOW_UPS = (400, 40094, "This interaction has reached the maximum number of follow up messages")
ALREADY_ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
DM_TOO_FAST = (400, 40003, "You are opening direct messages too fast")
NETWORK_ERROR = (403, 40333, "internal network error")
MISSING_ACCESS = (403, 50001, "Missing Access")
NOT_YOUR_MESSAGE = (403, 50005, "Cannot edit a message authored by another user")
EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
CANNOT_DM = (403, 50007, "Cannot send messages to this user")
MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
INVALID_TOKEN = (401, 50027, "Invalid Webhook Token")
INVALID_RECIPIENTS = (400, 50033, "Invalid Recipient(s)")
THREAD_ARCHIVED = (400, 50083, "Thread is archived")
INVALID_JSON = (400, 50109, "The request body contains invalid JSON.")
NO_MUTUAL_GUILDS = (403, 50278, "Cannot send messages to this user due to having no mutual guilds")
UNHEARD_OF = (403, 59999, "A refusal that no documentation names")
THREAD_LOCKED = (400, 160005, "Thread is locked")
UNAUTHORIZED = (401, 0, "401: Unauthorized")
NOT_FOUND = (404, 0, "404: Not Found")
INVALID_FORM = (400, 50035, "Invalid Form Body")


class ApiError(Exception):
    """A refusal in Discord's shape."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} (error code: {code}): {message} {errors or ''}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def body(self) -> Json:
        body: Json = {"message": self.message, "code": self.code}
        if self.errors:
            body["errors"] = self.errors
        return body


class Problems:
    """Everything wrong with one body, by path."""

    def __init__(self) -> None:
        self._tree: Json = {}

    def add(self, path: str, code: str, message: str) -> None:
        node = self._tree
        for step in filter(None, path.split(".")):
            node = node.setdefault(step, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def refuse(self) -> None:
        """Raise everything found, or nothing."""
        if self._tree:
            raise ApiError(*INVALID_FORM, errors=self._tree)


class Form:
    """One object of a body, read field by field."""

    def __init__(self, data: object, problems: Problems, path: str = "") -> None:
        self.problems = problems
        self.path = path
        self.data: Json = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            problems.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")

    def fail(self, key: str, code: str, message: str) -> None:
        self.problems.add(f"{self.path}.{key}" if key else self.path, code, message)

    def required(self, key: str) -> bool:
        if self.data.get(key) is None or self.data[key] == "":
            self.fail(key, "BASE_TYPE_REQUIRED", "This field is required")
            return False
        return True

    def text(self, key: str, most: int, *, least: int = 0, required: bool = False) -> str:
        value = self.data.get(key)
        if required and not self.required(key):
            return ""
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fail(key, "STRING_TYPE_CONVERT", f"Could not interpret {value!r} as string.")
            return ""
        if len(value) > most and not least:
            self.fail(key, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        elif not least <= len(value) <= most:
            self.fail(key, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        return value

    def integer(self, key: str, least: int, most: int, *, required: bool = False) -> int | None:
        value = self.data.get(key)
        if value is None:
            if required:
                self.required(key)
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.fail(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
            return None
        if not least <= value <= most:
            self.fail(key, "NUMBER_TYPE_RANGE", f"int value should be between {least} and {most}.")
        return value

    def boolean(self, key: str) -> bool:
        value = self.data.get(key)
        if value is not None and not isinstance(value, bool):
            self.fail(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
        return value is True

    def forms(self, key: str, most: int, *, least: int = 0) -> list[Form]:
        value = self.data.get(key)
        if value is None:
            value = []
        if not isinstance(value, list):
            self.fail(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        if not least <= len(value) <= most:
            self.fail(key, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        return [self.child(f"{key}.{index}", item) for index, item in enumerate(value)]

    def child(self, key: str, data: object) -> Form:
        return Form(data, self.problems, f"{self.path}.{key}")
