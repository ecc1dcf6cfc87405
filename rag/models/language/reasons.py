"""Why a language model could not be asked, and what to do: in words for people, by the kind of the error."""

_CONNECTION = "Start it, or correct FOOTNOTED_BASE_URL."
_AGAIN = "Try again later."
_SHORTER = (
    "If the prompt is too long for it, lower FOOTNOTED_CONTEXT_TOKENS or FOOTNOTED_PASSAGES, or give the server a "
    "larger context."
)
ADDRESS = "Correct FOOTNOTED_MODEL or FOOTNOTED_BASE_URL (it usually ends in /v1)."
_KEY = "Set OPENAI_API_KEY to a key that it knows."
_FASTER = "Try again, raise FOOTNOTED_TIMEOUT_SECONDS, or use a faster model."
_NOT_OURS = "Please report this: we ask for nothing of that kind."

UNREACHED = "ConnectError"
"""The kind of error where no server is there at all."""
CONTENT_FILTER = ("withheld its reply (content filter)", "Ask in other words.")

# What happened and what to do, by the name of the library's exception (nearest base first). By name, because
# releases differ in which classes they have. A test fails on a class of the installed release that is not here.
REASONS: dict[str, tuple[str, str]] = {
    "APITimeoutError": ("was silent for {silent:g} seconds", "Try again, or raise FOOTNOTED_TIMEOUT_SECONDS."),
    "APIConnectionError": ("broke the connection off", "Try again, and look at its log if it happens again."),
    "AuthenticationError": ("did not accept the key", _KEY),
    "OAuthError": ("did not accept the key", _KEY),
    "PermissionDeniedError": ("does not allow this key to use the model", "Choose another with FOOTNOTED_MODEL."),
    "NotFoundError": ("has no such model, or is no chat endpoint", ADDRESS),
    "RateLimitError": ("is asked too often, or its quota is used up", _AGAIN),
    "BadRequestError": ("refused the request", _SHORTER),
    "UnprocessableEntityError": ("refused the request", _SHORTER),
    "ConflictError": ("refused the request as a conflict", _AGAIN),
    "InternalServerError": ("failed", "Try again later, and look at its log if it happens again."),
    "APIStatusError": ("refused the request", ADDRESS),
    "APIResponseValidationError": ("answered nonsense", ADDRESS),
    "APIError": ("failed while it wrote", "Try again, and look at its log if it happens again."),
    "LengthFinishReasonError": ("ran out of room for its reply", "Raise FOOTNOTED_MAX_ANSWER_TOKENS."),
    "ContentFilterFinishReasonError": CONTENT_FILTER,
    "SubjectTokenProviderError": ("was not asked: no token could be had", _KEY),
    "WebSocketConnectionClosedError": ("closed a web socket", _NOT_OURS),
    "WebSocketQueueFullError": ("filled a web socket", _NOT_OURS),
    "InvalidWebhookSignatureError": ("sent a web hook with a wrong signature", _NOT_OURS),
    "OpenAIError": ("could not be asked", "Correct the language model's settings."),
    # Not the library's, but met on the way through it.
    UNREACHED: ("could not be reached", _CONNECTION),
    "TimeoutException": ("was silent for {silent:g} seconds", "Try again, or raise FOOTNOTED_TIMEOUT_SECONDS."),
    "RequestError": ("broke the connection off", "Try again, and look at its log if it happens again."),
    "ValueError": ("answered nonsense", ADDRESS),
    "TimeoutError": ("did not finish within {whole:g} seconds", _FASTER),
    "Empty": ("did not finish within {whole:g} seconds", _FASTER),
}


def reason_of(error: BaseException) -> tuple[str, str] | None:
    """What happened, with places for `silent` and `whole` seconds, and what to do; None for no endpoint's failure."""
    return next((REASONS[kind] for kind in kinds(error) if kind in REASONS), None)


def kinds(error: BaseException | None) -> list[str]:
    """The names of an error's class and of its bases, the nearest first."""
    return [kind.__name__ for kind in type(error).__mro__]
