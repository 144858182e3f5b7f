"""A session that is polite: it waits as long as a vendor asks, tries again what may pass, and gives up in the end."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception, retry_if_result, stop_after_attempt
from tenacity.wait import wait_exponential

from bonafides.errors import BadSettings, TryLater

_TRIES = 7
_LONGEST = 15 * 60.0  # seconds that one wait may take
_SECONDS = 60.0  # that a vendor may be silent
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_CUT = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
_GROWING = wait_exponential(multiplier=1, max=60)


class Polite(requests.Session):
    """Shape: speaks to `hosts` only, so that a link in an answer cannot carry a secret elsewhere. `clock` tells the
    time, `sleep` takes seconds.
    """

    def __init__(self, hosts: frozenset[str], clock: Callable[[], datetime], sleep: Callable[[float], None]) -> None:
        super().__init__()
        self.clock = clock
        self._hosts, self._sleep = hosts, sleep

    def send(self, request: requests.PreparedRequest, **given: Any) -> requests.Response:
        """The answer, in the end.

        Raises: TryLater where the vendor asks for too much patience; BadSettings where it refuses.
        """
        if urlsplit(str(request.url)).netloc not in self._hosts:
            raise TryLater(f"an answer led to another host than {', '.join(sorted(self._hosts))}")
        given["timeout"] = given.get("timeout") or _SECONDS
        trying = Retrying(
            stop=stop_after_attempt(_TRIES),
            wait=_wait,
            sleep=self._sleep,
            retry=retry_if_exception(_may_pass) | retry_if_result(_is_passing),
            retry_error_callback=_given_up,
        )
        try:
            answer: requests.Response = trying(self._once, request, **given)
        except requests.HTTPError as why:
            raise BadSettings(_refused(why.response)) from None
        except requests.RequestException as why:
            raise TryLater(f"{urlsplit(str(request.url)).netloc}: {type(why).__name__}") from None
        if not answer.ok:
            raise BadSettings(_refused(answer))
        return answer

    def _once(self, request: requests.PreparedRequest, **given: Any) -> requests.Response:
        """One answer, read whole; a connection that broke or that was refused is given back."""
        try:
            answer = super().send(request, **{**given, "stream": True})
        except requests.HTTPError as why:
            if why.response is not None:
                why.response.close()
            raise
        try:
            _ = answer.content
        except requests.RequestException:
            answer.close()
            raise
        return answer


def _refused(answer: requests.Response | None) -> str:
    if answer is None:
        return "it refused"
    told = "the secret is not accepted" if answer.status_code == 401 else f"it answered {answer.status_code}"
    place = urlsplit(str(answer.url))
    return f"{place.netloc}{place.path}: {told}"


def _is_passing(answer: requests.Response) -> bool:
    """Does an answer ask to come again? Some vendors say that too many came by 403."""
    spent = answer.status_code == 403 and (
        "retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0"
    )
    return answer.status_code in _PASSING or spent


def _may_pass(why: BaseException) -> bool:
    if isinstance(why, requests.HTTPError):
        return why.response is not None and _is_passing(why.response)
    return isinstance(why, _CUT)


def _answer(state: RetryCallState) -> requests.Response | None:
    """What the vendor said last. Unknown: None where it said nothing."""
    outcome = state.outcome
    if outcome is None:
        return None
    why = outcome.exception()
    if why is None:
        found: requests.Response = outcome.result()
        return found
    return why.response if isinstance(why, requests.HTTPError) else None


def _given_up(state: RetryCallState) -> requests.Response:
    answer = _answer(state)
    said = f"answered {answer.status_code}" if answer is not None else "did not answer whole"
    raise TryLater(f"{said} {state.attempt_number} times")


def _wait(state: RetryCallState) -> float:
    """Seconds to wait: what the vendor asks for, else ever longer.

    Raises: TryLater where it asks for more than one run should wait.
    """
    answer = _answer(state)
    asked = asked_to_wait(answer.headers) if answer is not None else None
    if asked is None:
        return float(_GROWING(state))
    if asked > _LONGEST:
        raise TryLater(f"asked to come again in {asked / 60:.0f} minutes")
    return asked


def asked_to_wait(headers: Any) -> float | None:
    """Seconds that an answer asks to wait: `Retry-After`, or the reset of its limit against its own clock."""
    after = headers.get("retry-after")
    here = dated(headers)
    if after and after.strip().isdigit():
        return float(after)
    if after and here and (until := _date(after)):
        return max(0.0, (until - here).total_seconds())
    reset = headers.get("x-rate-limit-reset") or headers.get("x-ratelimit-reset")
    if reset and reset.strip().isdigit() and here:
        return max(0.0, float(reset) - here.timestamp()) + 1
    return None


def dated(headers: Any) -> datetime | None:
    """When an answer was given, by the vendor's clock."""
    return _date(headers.get("date") or "")


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None
