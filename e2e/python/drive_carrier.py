"""Does with the official package, unmodified, what a telephone desk does, and prints a line for each thing done.

Usage: drive_carrier.py CARRIER ACCOUNT TOKEN APPLICATION

CARRIER is where the carrier is, which stands on a manual clock and has the number OURS; APPLICATION is where the
documents /hold, /announcement and /agent are.
"""

import datetime
import json
import sys
import urllib.request

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from twilio.twiml.voice_response import VoiceResponse

CARRIER, ACCOUNT, TOKEN, APPLICATION = sys.argv[1:]
OURS, ADA, BEN, CLEO = "+12025550100", "+13125550117", "+12025550142", "+12025550163"
NOBODY = "CA" + "f" * 32


class Elsewhere(TwilioHttpClient):
    """Sends what is meant for Twilio to the carrier."""

    def request(self, method, url, *args, **kwargs):
        home = "https://api.twilio.com/"
        assert url.startswith(home), url
        return super().request(method, CARRIER + "/" + url.removeprefix(home), *args, **kwargs)


def client_of(token):
    return Client(ACCOUNT, token, http_client=Elsewhere(timeout=20))


client = client_of(TOKEN)


def did(what, *values):
    print(what, *(str(value) for value in values), sep=" | ", flush=True)


def control(method, path, **fields):
    """What people at telephones do, and the clock."""
    body = json.dumps(fields).encode() if fields else b""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{CARRIER}/control/{path}", body or None, headers, method=method)
    with urllib.request.urlopen(request, timeout=20) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def passes(seconds):
    control("POST", "clock", advance_ms=seconds * 1000)


def refused(what, act):
    try:
        act()
    except TwilioRestException as error:
        did(f"{what} is refused", error.status, error.code)
    except TwilioException as error:
        answer = error.args[1]
        did(f"{what} is refused", answer.status_code, json.loads(answer.text)["code"])
    else:
        did(f"{what} is not refused")


def waiting():
    document = VoiceResponse()
    document.say("One moment.")
    document.pause(length=600)
    return document


def talk(to, document):
    """Calls somebody who answers at once."""
    call = client.calls.create(to=to, from_=OURS, twiml=document)
    control("POST", "settle")
    control("POST", f"legs/{call.sid}/answer")
    passes(1)
    return call.sid


def said_to(leg):
    return [entry["text"] for entry in control("GET", f"legs/{leg}")["log"] if entry["noted"] == "said"]


def calls():
    call = client.calls.create(
        to=BEN,
        from_=OURS,
        twiml=waiting(),
        status_callback=f"{APPLICATION}/progress",
        status_callback_event=["initiated", "ringing", "answered", "completed"],
    )
    did("a call is created", call.status, call.direction, call.to_formatted)
    control("POST", "settle")
    did("it is fetched", client.calls(call.sid).fetch().status)
    control("POST", f"legs/{call.sid}/answer")
    passes(2)
    moved = client.calls(call.sid).update(twiml="<Response><Say>Moved.</Say><Pause length='600'/></Response>")
    passes(10)
    did("it is moved", moved.status, said_to(call.sid))
    ended = client.calls(call.sid).update(status="completed")
    control("POST", "settle")
    did("it is ended", ended.status, ended.duration, isinstance(ended.end_time, datetime.datetime))
    refused("moving it again", lambda: client.calls(call.sid).update(twiml=waiting()))

    made = [client.calls.create(to=CLEO, from_=OURS, twiml=waiting()).sid for _ in range(5)]
    control("POST", "settle")
    listed = [call.sid for call in client.calls.list(to=CLEO, page_size=2)]
    did("calls are listed", listed == made[::-1], len(client.calls.list(to=CLEO, limit=3, page_size=2)))
    page = client.calls.page(to=CLEO, page_size=2)
    sizes = [len(list(page))]
    while (page := page.next_page()) is not None:
        sizes.append(len(list(page)))
    did("they are paged", sizes)
    tomorrow = client.calls(made[0]).fetch().date_created + datetime.timedelta(days=1)
    early, late = client.calls.list(to=CLEO, start_time_before=tomorrow), client.calls.list(to=CLEO, start_time_after=tomorrow)
    did("they are filtered by day", len(early), len(late))
    for sid in made:
        client.calls(sid).update(status="canceled")
    did("they are cancelled", {call.status for call in client.calls.stream(to=CLEO)})
    did("one is deleted", client.calls(made[0]).delete(), len(client.calls.list(to=CLEO)))


def refusals():
    refused("a stranger", lambda: client_of("wrong").calls.list())
    refused("a call to nobody", lambda: client.calls.create(to="nobody", from_=OURS, twiml=waiting()))
    refused("a call from somewhere else", lambda: client.calls.create(to=BEN, from_=ADA, twiml=waiting()))
    refused("a call without a document", lambda: client.calls.create(to=BEN, from_=OURS))
    refused("a call that is not there", lambda: client.calls(NOBODY).fetch())
    refused("a page too large", lambda: client.calls.page(page_size=1001))


def conferences():
    document = VoiceResponse()
    document.dial().conference("desk", beep="false", wait_url="", record="record-from-start")
    ada, ben = talk(ADA, document), talk(BEN, document)
    room = client.conferences.list(friendly_name="desk", status="in-progress")[0]
    people = client.conferences(room.sid).participants
    did("a conference is listed", room.friendly_name, room.status)
    did("it is fetched", client.conferences(room.sid).fetch().sid == room.sid)
    did("people are in it", [one.call_sid for one in people.list(page_size=1)] == [ada, ben])
    held = people(ada).update(hold=True, hold_url=f"{APPLICATION}/hold")
    passes(3)
    did("one is held", held.hold, said_to(ada), [one.call_sid for one in people.list(hold=True)] == [ada])
    did("and back", people(ada).update(hold=False).hold)
    did("one is muted", people(ben).update(muted=True).muted, people(ben).update(muted=False).muted)
    coach = people.create(to=CLEO, from_=OURS, label="coach", beep="false", coaching=True, call_sid_to_coach=ben)
    control("POST", "settle")
    control("POST", f"legs/{coach.call_sid}/answer")
    shown = people("coach").fetch()
    did("one is coached", shown.coaching, shown.call_sid_to_coach == ben, shown.status)
    did("and then joined", people("coach").update(coaching=False).coaching)
    refused("the same label again", lambda: people.create(to=CLEO, from_=OURS, label="coach"))
    people(ben).update(announce_url=f"{APPLICATION}/announcement")
    passes(5)
    client.conferences(room.sid).update(announce_url=f"{APPLICATION}/announcement")
    passes(5)
    did("announcements are heard", said_to(ada)[-1:], said_to(ben))
    did("one is removed", people("coach").delete(), len(people.list()))
    taped = client.conferences(room.sid).recordings
    tape = taped.list()[0].sid
    did("its recording is paused", taped("Twilio.CURRENT").update(status="paused").status, taped(tape).fetch().status)
    over = client.conferences(room.sid).update(status="completed")
    did("the conference is ended", over.status, over.reason_conference_ended, len(people.list()))
    passes(30)
    did("its recording is deleted", taped(tape).fetch().status, taped(tape).delete(), taped.list())


def queues():
    queue = client.queues.create(friendly_name="support", max_size=9)
    did("a queue is created", queue.friendly_name, queue.max_size, queue.current_size)
    document = VoiceResponse()
    document.enqueue("support", wait_url="")
    ada, ben = talk(ADA, document), talk(BEN, document)
    passes(4)
    members = client.queues(queue.sid).members
    listed = members.list(page_size=1)
    did("two wait in it", [one.call_sid for one in listed] == [ada, ben], [one.position for one in listed])
    did("it is fetched", client.queues(queue.sid).fetch().current_size)
    refused("deleting it", lambda: client.queues(queue.sid).delete())
    did("one is at the front", members("Front").fetch().call_sid == ada)
    did("it is taken out", members("Front").update(url=f"{APPLICATION}/agent").call_sid == ada)
    passes(3)
    did("and hears", said_to(ada))
    refused("taking it out again", lambda: members(ada).update(url=f"{APPLICATION}/agent"))
    client.calls(ben).update(status="completed")
    client.calls(ada).update(status="completed")
    did("the queue is changed", client.queues(queue.sid).update(max_size=5).max_size)
    did("it is listed", [one.friendly_name for one in client.queues.list()])
    did("it is deleted", client.queues(queue.sid).delete(), client.queues.list())


def recordings():
    ada = talk(ADA, waiting())
    taped = client.calls(ada).recordings
    made = taped.create(recording_channels="dual", recording_status_callback=f"{APPLICATION}/recorded")
    passes(3)
    did("a recording is started", made.status, made.channels, made.source)
    did("it is paused", taped("Twilio.CURRENT").update(status="paused").status)
    did("it goes on", taped(made.sid).update(status="in-progress").status)
    did("it is stopped", taped(made.sid).update(status="stopped").sid == made.sid)
    passes(30)
    ready = client.recordings(made.sid).fetch()
    did("it is ready", ready.status, ready.duration, taped(made.sid).fetch().status)
    did("it is listed", len(taped.list()), len(client.recordings.list(call_sid=ada)))
    other = taped.create().sid
    taped(other).update(status="stopped")
    passes(30)
    did("both are deleted", client.recordings(made.sid).delete(), taped(other).delete(), client.recordings.list())
    client.calls(ada).update(status="completed")


def numbers():
    ours = client.incoming_phone_numbers.list(phone_number=OURS)[0]
    did("the number is listed", ours.phone_number, ours.capabilities["voice"])
    made = client.incoming_phone_numbers.create(phone_number="+13125550188", voice_url=f"{APPLICATION}/agent")
    did("a number is had", made.phone_number, made.voice_method)
    changed = client.incoming_phone_numbers(made.sid).update(friendly_name="Chicago", voice_method="GET")
    did("it is changed", changed.friendly_name, changed.voice_method)
    did("it is fetched", client.incoming_phone_numbers(made.sid).fetch().friendly_name)
    did("it is given up", client.incoming_phone_numbers(made.sid).delete(), len(client.incoming_phone_numbers.list()))


for part in calls, refusals, conferences, queues, recordings, numbers:
    part()
