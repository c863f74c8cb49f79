"""The web API: every address, one shape for every error, limits, headers, and the same answers as the library gives."""

import asyncio
import json
import re
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, settings

import lasegue
from lasegue.atlas import VIEWS
from lasegue.atlas.raster import raster
from lasegue.case import read_case
from lasegue.errors import CaseError, InputError
from lasegue.evaluate import benchmark
from lasegue.knowledge import load
from lasegue.suggest.candidates import catalogue, finding
from lasegue.web import create_app, given, vocabulary
from lasegue.web.asked import LocalizeRequest
from lasegue.web.consult import HUNG_UP, localize, more
from lasegue.web.consult import router as consult_router
from lasegue.web.entering import entries
from lasegue.web.guard import DEEPEST, MOST_BYTES, depth
from lasegue.web.layers import WHOLE
from lasegue.web.serving import check_hosts, is_loopback, serve_command
from lasegue.web.surface import SurfaceAnswer
from lasegue.web.turns import turns

HERE = "http://127.0.0.1"
FOOT_DROP = {
    "side": "left",
    "power": [{"movement": "ankle_dorsiflexion", "grade": 2}, {"movement": "ankle inversion", "grade": "normal"}],
    "sensory": [{"site": "dorsum of foot", "finding": "reduced"}],
}
CASES = {case["id"]: case for case in benchmark()}
app = create_app(["clinic.example"])


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(app, base_url=HERE)


def assert_error(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert set(body) == {"error"}
    error = body["error"]
    assert set(error) == {"code", "message", "faults"}
    assert error["code"] == code
    assert error["message"]
    assert all(set(fault) == {"path", "word", "message", "nearest"} for fault in error["faults"])
    assert answer.headers["cache-control"] == "no-store"
    return error


# -- localising ---------------------------------------------------------------------------------------------------------


def test_a_foot_drop_is_answered_at_once(client: TestClient) -> None:
    answer = client.post("/api/localize", json={"case": FOOT_DROP})
    assert answer.status_code == 200
    told = answer.json()
    given.LocalizeAnswer.model_validate(told)
    assert told["ranking"][0]["lesion"] == "nerve.common_peroneal.fibular_neck"
    assert told["red_flags"][0]["id"] == "severe_weakness.same_day"
    assert told["next_tests"] == []
    assert answer.headers["cache-control"] == "no-store"


def test_more_has_intervals_next_tests_and_what_would_change_it(client: TestClient) -> None:
    told = client.post("/api/localize/more", json={"case": FOOT_DROP}).json()
    given.MoreAnswer.model_validate(told)
    first = client.post("/api/localize", json={"case": FOOT_DROP}).json()
    chance = {(row["lesion"], row["side"]): row["probability"] for row in first["ranking"]}
    assert told["intervals"]
    for one in told["intervals"]:
        low, high = one["interval"]
        assert 0 <= low <= chance[one["lesion"], one["side"]] <= high <= 1
    assert told["next_tests"]
    assert told["would_change"]["path"].startswith("power[")


def test_a_click_on_a_result_moves_the_ranking(client: TestClient) -> None:
    test = client.post("/api/localize/more", json={"case": FOOT_DROP}).json()["next_tests"][0]
    case = json.loads(json.dumps(FOOT_DROP))
    one = test["enter"][0]
    case.setdefault(one["part"], []).append(one["entry"])
    before = client.post("/api/localize", json={"case": FOOT_DROP}).json()["ranking"][0]["probability"]
    after = client.post("/api/localize", json={"case": case}).json()["ranking"][0]["probability"]
    assert before != after


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_published_case_answers_as_the_library_does(client: TestClient, name: str) -> None:
    case = CASES[name]
    wanted = lasegue.localize(case, lenient=True)
    first = client.post("/api/localize", json={"case": case, "lenient": True})
    assert first.status_code == 200, first.text
    more = client.post("/api/localize/more", json={"case": case, "lenient": True}).json()
    tests = [{key: value for key, value in test.items() if key != "enter"} for test in more["next_tests"]]
    told = {**first.json(), "next_tests": tests, "would_change": more["would_change"]}
    wanted["ranking"] = [{**row, "interval": None} for row in wanted["ranking"]]  # type: ignore[attr-defined]
    assert told == json.loads(json.dumps(wanted))
    given.LocalizeAnswer.model_validate(first.json())
    given.MoreAnswer.model_validate(more)


def test_the_prior_and_the_map_can_be_chosen(client: TestClient) -> None:
    told = client.post("/api/localize", json={"case": FOOT_DROP, "prior": "emergency", "map": "foerster"}).json()
    wanted = lasegue.localize(FOOT_DROP, setting="emergency", map_="foerster")
    assert told["prior"] == "emergency"
    assert told["ranking"][0]["probability"] == wanted["ranking"][0]["probability"]  # type: ignore[index]


def test_an_empty_case_and_one_that_is_not_ranked_are_answered(client: TestClient) -> None:
    assert client.post("/api/localize", json={"case": {}}).json()["ranking"]
    child = client.post("/api/localize", json={"case": {"age": 1}}).json()
    assert child["ranking"] == []
    assert child["scope"]
    more = client.post("/api/localize/more", json={"case": {"age": 1}}).json()
    assert (more["intervals"], more["next_tests"], more["would_change"]) == ([], [], None)


def test_every_suggested_result_can_be_entered() -> None:
    """What a click enters is read back as the finding that was weighed; a denial may be read as what is normal instead."""
    for candidate in catalogue(load()):
        side = "left" if candidate.sided else None
        for value, told in zip(candidate.values, candidate.told, strict=True):
            case: dict[str, Any] = {}
            for one in entries(candidate.id, side):
                if one["result"] == told:
                    case.setdefault(one["part"], []).append(one["entry"])
            if not case:
                assert candidate.form == "result"
                continue
            read = read_case(case)
            for field, wanted in finding(candidate, value, side).items():
                got = getattr(read, field)
                assert len(got) == len(wanted), (candidate.id, told)
                if (candidate.form, value) != ("history", "no"):
                    assert [_bare(one) for one in got] == [_bare(one) for one in wanted], (candidate.id, told)


def _bare(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__ if name != "origin"}


# -- errors and limits --------------------------------------------------------------------------------------------------


def test_all_faults_of_a_case_are_told_at_once(client: TestClient) -> None:
    case = {
        "power": [{"movement": "big tow extension", "grade": 3}],
        "colour": "red",
        "reflexes": [{"reflex": "ankle", "finding": "purple"}],
    }
    error = assert_error(client.post("/api/localize", json={"case": case}), 422, "unreadable_case")
    faults = {fault["path"]: fault for fault in error["faults"]}
    assert set(faults) == {"case.power[0].movement", "case.colour", "case.reflexes[0].finding"}
    assert faults["case.power[0].movement"]["nearest"]
    with pytest.raises(CaseError) as caught:
        read_case(case)
    assert len(caught.value.faults) == len(faults)


def test_leniently_they_go_to_unused(client: TestClient) -> None:
    case = {"power": [{"movement": "big tow extension", "grade": 3}], "colour": "red"}
    told = client.post("/api/localize", json={"case": case, "lenient": True}).json()
    assert {one["path"] for one in told["unused"]} == {"power[0].movement", "colour"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid_request"),
        ({"case": {}, "colour": 1}, "invalid_request"),
        ({"case": []}, "invalid_request"),
        ({"case": {}, "prior": "pub"}, "invalid_request"),
        ([], "invalid_request"),
    ],
)
def test_a_request_of_another_shape_is_refused(client: TestClient, body: Any, code: str) -> None:
    assert assert_error(client.post("/api/localize", json=body), 422, code)["faults"]


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/api/localize", 405, "method_not_allowed"),
        ("DELETE", "/api/health", 405, "method_not_allowed"),
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/api", 404, "not_found"),
        ("GET", "/api/", 404, "not_found"),
        ("GET", "/no/such/page", 404, "not_found"),
        ("DELETE", "/", 405, "method_not_allowed"),
        ("GET", "/../pyproject.toml", 404, "not_found"),
        ("GET", "/%2e%2e/%2e%2e/__init__.py", 404, "not_found"),
        ("GET", "/api/show/zzzzzz", 404, "unknown_name"),
        ("GET", "/api/tables/zzz", 404, "not_found"),
        ("GET", "/api/claims?topic=zzz", 422, "invalid_request"),
        ("GET", "/api/claims?colour=red", 422, "invalid_request"),
        ("GET", "/api/search", 422, "invalid_request"),
        ("GET", "/api/search?q=a&limit=0", 422, "invalid_request"),
        ("GET", "/api/atlas/nowhere.svg", 404, "not_found"),
        ("GET", "/api/atlas/sole.svg?layer=zzz", 422, "invalid_request"),
        ("GET", "/api/atlas/sole.svg?layer=root:X9", 422, "invalid_request"),
        ("GET", "/api/atlas/sole.svg?layer=lesion:zzz", 422, "unknown_name"),
        ("GET", "/api/atlas/sole.svg?prefix=%22%3E", 422, "invalid_request"),
        ("GET", "/api/atlas/raster/nowhere.bin", 422, "invalid_request"),
        ("GET", "/api/atlas/values?layer=dermatomes", 422, "invalid_request"),
        ("GET", "/api/atlas/point", 422, "invalid_request"),
        ("GET", "/api/atlas/point?site=zzz", 404, "not_found"),
        ("GET", "/api/atlas/point?view=sole&u=400&v=0", 404, "not_found"),
        ("GET", "/api/atlas/point?view=sole&u=nan&v=0", 422, "invalid_request"),
    ],
)
def test_errors_of_addresses_have_the_one_shape(client: TestClient, method: str, address: str, status: int, code: str) -> None:
    assert_error(client.request(method, address), status, code)


@pytest.mark.parametrize(
    ("address", "body", "code"),
    [
        ("/api/simulate", {"lesion": "zzz"}, "unknown_name"),
        ("/api/simulate", {"lesion": "root.L5", "severity": "awful"}, "invalid_request"),
        ("/api/simulate", {"lesion": "polyneuropathy.length_dependent", "side": "left"}, "invalid_request"),
        ("/api/compare", {"first": "root.L5"}, "invalid_request"),
        ("/api/compare", {"first": "root.L5", "second": "zzz"}, "unknown_name"),
        ("/api/atlas/area", {"areas": [{"view": "sole"}]}, "invalid_request"),
        ("/api/atlas/area", {"areas": [{"view": "sole", "runs": [1, 2, 3]}]}, "invalid_request"),
        ("/api/atlas/area", {"areas": [{"view": "sole", "runs": [999999, 5]}]}, "invalid_request"),
        ("/api/atlas/area", {"areas": [{"view": "sole", "polygon": [[0, 0], [1, 1]]}]}, "invalid_request"),
        ("/api/case/check", {"case": {"age": "old"}}, "unreadable_case"),
    ],
)
def test_errors_of_bodies_have_the_one_shape(client: TestClient, address: str, body: Any, code: str) -> None:
    assert_error(client.post(address, json=body), 422, code)


def test_what_is_not_json_is_refused(client: TestClient) -> None:
    as_json = {"Content-Type": "application/json"}
    assert_error(client.post("/api/localize", content=b"{", headers=as_json), 422, "not_json")
    assert_error(client.post("/api/localize", content=b"null", headers=as_json), 422, "invalid_request")
    assert_error(client.post("/api/localize", content=b"\xff\xfe", headers=as_json), 422, "not_json")
    assert_error(client.post("/api/localize", content=b'{"case": {"id": ' + b"9" * 9000 + b"}}", headers=as_json), 400, "not_json")
    assert_error(client.post("/api/localize", content=b"{}", headers={"Content-Type": "text/plain"}), 415, "not_json")
    assert_error(
        client.post("/api/localize", content=b"case=1", headers={"Content-Type": "application/x-www-form-urlencoded"}), 415, "not_json"
    )


def test_what_is_too_large_or_too_deep_is_refused(client: TestClient) -> None:
    as_json = {"Content-Type": "application/json"}
    assert_error(client.post("/api/localize", content=b" " * (MOST_BYTES + 1), headers=as_json), 413, "too_large")

    def pieces() -> Iterator[bytes]:
        yield from (b" " * 10_000 for _ in range(40))

    assert_error(client.post("/api/localize", content=pieces(), headers=as_json), 413, "too_large")
    deep = b'{"case": {"meta": {"a": ' + b"[" * 5000 + b"]" * 5000 + b"}}}"
    assert_error(client.post("/api/localize", content=deep, headers=as_json), 422, "invalid_request")
    allowed = {"case": {"meta": {"text": "[" * 100}}}
    assert client.post("/api/case/check", json=allowed).status_code == 200
    assert depth(b"[" * 200_000) == 200_000
    assert depth(json.dumps({"a": '\\"[[['}).encode()) == 1 < DEEPEST


def test_odd_letters_come_back_whole(client: TestClient) -> None:
    answer = client.post(
        "/api/localize", content=b'{"case": {"id": "\\ud800 \\u0000 \xe6\xbc\xa2"}}', headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 200
    assert json.loads(answer.text)["id"] == "\ud800 \x00 漢"
    nan = client.post("/api/localize", content=b'{"case": {"age": NaN}}', headers={"Content-Type": "application/json"})
    assert_error(nan, 422, "unreadable_case")


def test_a_fault_of_the_program_has_the_shape_too(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret of the patient")

    monkeypatch.setattr("lasegue.web.consult.first_look", broken)
    answer = client.post("/api/localize", json={"case": FOOT_DROP})
    error = assert_error(answer, 500, "internal")
    assert "secret" not in json.dumps(error)
    assert "content-security-policy" in answer.headers


# -- hosts and headers --------------------------------------------------------------------------------------------------


def test_foreign_hosts_are_refused(client: TestClient) -> None:
    assert_error(client.get("/api/health", headers={"Host": "evil.example"}), 400, "bad_host")
    assert_error(client.get("/", headers={"Host": "evil.example"}), 400, "bad_host")
    for host in ("localhost:8000", "127.0.0.1", "[::1]:8000", "clinic.example:80", "CLINIC.example"):
        assert client.get("/api/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/api/health", "/api/nothing", "/api/atlas/sole.svg", "/api/vocabulary", "/nothing"])
def test_every_answer_carries_the_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in headers
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_answers_are_compressed_and_tagged(client: TestClient) -> None:
    for address in ("/api/vocabulary", "/api/atlas/anterior.svg", "/api/atlas/raster/sole.bin", "/api/claims"):
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert int(client.get("/api/vocabulary", headers={"Accept-Encoding": "gzip"}).headers["content-length"]) < 100_000


# -- forward, body, browse ----------------------------------------------------------------------------------------------


def test_forward(client: TestClient) -> None:
    told = client.post("/api/simulate", json={"lesion": "root.L5", "side": "right", "severity": "severe"}).json()
    assert (told["lesion"], told["side"], told["severity"]) == ("root.L5", "right", "severe")
    assert client.post("/api/localize", json={"case": told["case"]}).status_code == 200


def test_compare(client: TestClient) -> None:
    told = client.post("/api/compare", json={"first": "root.L5", "second": "nerve.common_peroneal", "limit": 3}).json()
    assert len(told["findings"]) == 3
    assert told["given"]["id"] == "foot_drop"


def test_the_vocabulary_can_be_entered(client: TestClient) -> None:
    told = client.get("/api/vocabulary").json()
    assert {"movements", "sites", "reflexes", "tests", "sphincter", "history", "investigations", "pain_regions", "lesions"} <= set(told)
    assert all(one["how"] for one in told["movements"])
    assert all(one["how"] for one in told["tests"])
    case: dict[str, Any] = {"side": "left", "sphincter": {}}
    case["sensory"] = [{"site": one["id"], "finding": "reduced"} for one in told["sites"]]
    case["pain"] = [{"site": one["name"]} for one in told["pain_regions"]]
    case["reflexes"] = [{"reflex": one["id"], "finding": "normal"} for one in told["reflexes"]]
    case["tests"] = [{"test": one["id"], "result": "positive"} for one in told["tests"]]
    case["history"] = [one["name"] for one in told["history"]]
    answer = client.post("/api/case/check", json={"case": {**case, "sensory": case["sensory"]}})
    assert answer.status_code == 200, answer.text
    grades = [
        {"case": {"power": [{"movement": "ankle_dorsiflexion", "side": "left", "grade": grade}]}} for grade in told["values"]["grades"]
    ]
    assert [client.post("/api/case/check", json=one).status_code for one in grades] == [200] * len(grades)
    words = [{"case": {"sphincter": {one["part"]: [one["word"]]}}} for one in told["sphincter"]]
    assert [client.post("/api/case/check", json=one).status_code for one in words] == [200] * len(words)
    whole = client.get("/api/vocabulary/history").json()["history"]
    assert [one["id"] for one in whole] == [one["id"] for one in told["history"]]
    assert sum(len(one["names"]) for one in whole) > sum(len(one["names"]) for one in told["history"])


@pytest.mark.parametrize("view", [*VIEWS, "all"])
def test_plates_stand_the_policy(client: TestClient, view: str) -> None:
    answer = client.get(f"/api/atlas/{view}.svg?layer=lesion:cauda_equina&theme=dark&prefix=a-")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "<style" not in answer.text
    assert "style=" not in answer.text
    assert "<script" not in answer.text


def test_plates_of_every_layer(client: TestClient) -> None:
    names = [
        "dermatomes",
        "disagreement",
        "branches",
        "root_key",
        "key_points",
        "axial_lines",
        "spiral",
        "semicircles",
        "root:L5",
        "nerve:sural",
    ]
    for name in [*names, "lesion:root.L5"]:
        assert client.get("/api/atlas/dorsum.svg", params={"layer": name}).status_code == 200
    both = client.get("/api/atlas/dorsum.svg?layer=dermatomes&layer=axial_lines").text
    assert "Axial lines" in both
    assert "Dermatomes" in both


@pytest.mark.parametrize("view", VIEWS)
def test_rasters_are_those_of_the_atlas(client: TestClient, view: str) -> None:
    told = client.get("/api/atlas/raster").json()
    given.RasterAnswer.model_validate(told)
    one = next(entry for entry in told["views"] if entry["view"] == view)
    planes, height, width = one["planes"], one["height"], one["width"]
    data = np.frombuffer(client.get(f"/{one['data']}").content, np.uint8)
    size = planes * height * width
    assert len(data) == 2 * size + height * width
    r = raster(view)
    assert (data[:size].reshape(r.ids.shape) == r.ids).all()
    assert np.abs(data[size : 2 * size].reshape(r.ids.shape) / 255 - r.weights).max() < 0.003
    assert (data[2 * size :].reshape(height, width).astype(bool) == r.left_side).all()


def test_a_painted_site_becomes_a_finding(client: TestClient) -> None:
    told = client.get("/api/atlas/raster").json()
    site = told["sites"].index("web1")
    r = raster("dorsum")
    chosen = np.flatnonzero(((r.ids[0] == site) & r.left_side).ravel())
    runs = [int(n) for start in chosen for n in (start, 1)]
    body = {"areas": [{"view": "dorsum", "runs": runs}], "finding": "absent", "modality": ["pin prick"], "source": "tested"}
    answer = client.post("/api/atlas/area", json=body).json()
    given.AreaAnswer.model_validate(answer)
    assert [one["part"] for one in answer["findings"]] == ["sensory"]
    entry = answer["findings"][0]["entry"]
    assert "web1" in entry["site"].split(", ")
    assert entry["side"] == "left"
    assert entry["finding"] == "absent"
    read = read_case({"sensory": [entry]})
    assert {name for name, _ in read.sense[0].sites} == set(entry["site"].split(", "))
    pain = client.post("/api/atlas/area", json={**body, "kind": "pain"}).json()["findings"][0]
    assert pain["part"] == "pain"
    assert client.post("/api/case/check", json={"case": {"pain": [pain["entry"]]}}).status_code == 200


def test_nothing_painted_is_nothing_found(client: TestClient) -> None:
    assert client.post("/api/atlas/area", json={"areas": []}).json() == {"sites": [], "findings": []}
    away = {"areas": [{"view": "dorsum", "runs": [0, 1]}]}
    assert client.post("/api/atlas/area", json=away).json() == {"sites": [], "findings": []}


def test_values_and_points(client: TestClient) -> None:
    values = client.get("/api/atlas/values?layer=lesion:root.L5&side=left&severity=severe").json()
    given.ValuesAnswer.model_validate(values)
    assert values["values"]["left"]["web1"] > 0.3
    assert values["values"]["right"] == {}
    point = client.get("/api/atlas/point?site=web1").json()
    given.PointAnswer.model_validate(point)
    assert next(iter(point["roots"])) == "L5"
    assert point["branches"][0]["nerve"] == "deep_peroneal"
    on_skin = client.get("/api/atlas/point?view=dorsum&u=8&v=3").json()
    assert on_skin["side"] == "left"


def test_a_plate_without_its_legend_is_the_figure_alone(client: TestClient) -> None:
    address = "/api/atlas/lateral.svg?layer=lesion:root.L5&side=left&sides=left"
    whole, alone = client.get(address).text, client.get(f"{address}&legend=false").text
    assert "Great toe extension" in re.sub("<desc.*?</desc>", "", whole)
    assert "Great toe extension" not in re.sub("<desc.*?</desc>", "", alone)
    widths = [float(re.search(r'viewBox="\S+ \S+ (\S+)', text)[1]) for text in (whole, alone)]
    assert widths[1] < 0.8 * widths[0]


@pytest.mark.parametrize("name", [*WHOLE, "root:S1", "nerve:sural", "lesion:nerve.femoral.inguinal_ligament"])
def test_every_layer_lies_on_the_surface(client: TestClient, name: str) -> None:
    told = client.get("/api/atlas/surface", params={"layer": name, "side": "left"}).json()
    SurfaceAnswer.model_validate(told)
    sites = set(client.get("/api/atlas/raster").json()["sites"])
    (layer,) = told["layers"]
    if layer["kind"] == "zones":
        assert len({zone["name"] for zone in layer["zones"]}) == len(layer["zones"]) > 8
        assert all(re.fullmatch("#[0-9a-f]{6}", zone["colour"]) for zone in layer["zones"])
        assert all(set(zone["values"][side]) <= sites for zone in layer["zones"] for side in ("left", "right"))
    elif layer["kind"] == "density":
        assert sites >= set(layer["values"]["left"]) > set()
    elif layer["kind"] == "points":
        assert {one["text"] for one in layer["points"]} >= {"L4", "L5", "S1"}
    else:
        assert layer["kind"] == "lines"
        assert len(layer["lines"]) == 2
    assert client.get("/api/atlas/mesh").content.startswith(b"LASEGUE2")


def test_browse(client: TestClient) -> None:
    assert {one["kind"] for one in client.get("/api/show/sural").json()["found"]} >= {"nerve"}
    assert client.get("/api/show/nerve.common_peroneal.fibular_neck").json()["found"][0]["kind"] == "lesion"
    claims = client.get("/api/claims").json()
    assert sum(claims["counts"].values()) == len(claims["claims"]) == len(load().claims)
    assert all("L5" in one["roots"] for one in client.get("/api/claims?root=L5").json()["claims"])
    for name in client.get("/api/tables").json()["tables"]:
        assert client.get(f"/api/tables/{name}").json()["lines"]


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("foot drop", "test", "foot_drop"),
        ("SURAL", "nerve", "sural"),
        ("lasegue", "test", "slr"),
        ("big toe extension", "movement", "great_toe_extension"),
    ],
)
def test_search_finds(client: TestClient, words: str, kind: str, name: str) -> None:
    told = client.get("/api/search", params={"q": words, "limit": 50}).json()
    given.SearchAnswer.model_validate(told)
    assert (kind, name) in {(one["kind"], one["id"]) for one in told["found"]}


def test_search_reads_claims_too(client: TestClient) -> None:
    kinds = {one["kind"] for one in client.get("/api/search?q=cauda%20equina&limit=100").json()["found"]}
    assert {"lesion", "claim"} <= kinds
    assert client.get("/api/search?q=").json()["found"] == []
    assert client.get("/api/search?q=zzzzqqq").json()["found"] == []


def test_examples_are_published_and_answered_right(client: TestClient) -> None:
    told = client.get("/api/examples").json()
    given.ExamplesAnswer.model_validate(told)
    assert len(told["examples"]) == 3
    for one in told["examples"]:
        assert CASES[one["id"]]["meta"]["source_kind"] == "report"
        assert "gold" not in one["case"]
        first = client.post("/api/localize", json={"case": one["case"], "lenient": True}).json()["ranking"][0]["lesion"]
        accepted = [*one["answer"]["lesions"], *(one["answer"]["also_accept"] or [])]
        assert any(first == lesion or first.startswith(f"{lesion}.") for lesion in accepted), (one["id"], first)


def test_files_open(client: TestClient, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("id: secret\n", encoding="utf-8")
    told = client.post("/api/case/open", json={"text": str(secret)}).json()
    given.OpenAnswer.model_validate(told)
    assert told["cases"][0]["case"] is None
    assert "secret" not in {one["id"] for one in told["cases"]}
    yaml = "- {id: a, side: left, meta: {when: 2020-01-01, x: .nan}}\n- {id: b, power: [{movement: zzz, grade: 3}]}\n"
    one, two = client.post("/api/case/open", json={"text": yaml}).json()["cases"]
    assert one["case"]["meta"] == {"when": "2020-01-01", "x": "nan"}
    assert two["errors"][0]["path"] == "power[0].movement"
    lines = client.post("/api/case/open", json={"text": '{"id": "x"}\n{"id": "y"}'}).json()["cases"]
    assert [case["id"] for case in lines] == ["x", "y"]
    assert client.post("/api/case/open", json={"text": "-"}).json()["cases"][0]["case"] is None


def test_schema_and_health(client: TestClient) -> None:
    assert client.get("/api/case/schema").json()["title"] == "Lasegue case file"
    health = client.get("/api/health").json()
    given.Health.model_validate(health)
    assert health["version"] == lasegue.__version__


def test_findings_of_a_note_name_what_they_are_about(client: TestClient) -> None:
    text = "Left DF 2/5. Left ankle jerk absent. Left DF 5/5. No back pain."
    told = client.post("/api/read", json={"text": text}).json()
    about = {one["text"]: one["targets"] for one in told["findings"]}
    assert next(ids for words, ids in about.items() if "ankle jerk" in words) == ["ankle"]
    assert next(ids for words, ids in about.items() if "back pain" in words) == []
    assert [one["targets"] for one in told["contradictions"][0]] == [["ankle_dorsiflexion"]] * 2


def test_every_result_that_the_form_offers_is_read_as_that_result() -> None:
    """The form writes a study by its id and a result by its id's words, with a level, a zone and a side where those can be told."""
    for study in vocabulary_studies():
        for result in study["results"]:
            words = result.replace("_", " ")
            told = f"L4-L5 left paracentral {words}" if result in study["levelled"] else words
            found = read_case({"investigations": [{"test": study["id"], "result": told}]}).investigations
            assert [(one.investigation, one.result) for one in found] == [(study["id"], result)]
            if result in study["levelled"]:
                assert (found[0].level, found[0].zone, found[0].side) == ("L4-L5", "paracentral", "left")


def vocabulary_studies() -> Any:
    return json.loads(vocabulary.content())["investigations"]


def test_a_needle_study_names_its_muscle(client: TestClient) -> None:
    known = json.loads(vocabulary.content())["muscles"]
    for muscle in known:
        entry = {"test": "needle_emg", "result": "denervation", "muscle": muscle["id"], "side": "left"}
        found = read_case({"investigations": [entry]}).investigations
        assert [one.muscle for one in found] == [muscle["id"]], muscle["id"]


def test_notes_are_read_where_there_is_a_reader(client: TestClient) -> None:
    answer = client.post("/api/read", json={"text": "Left foot drop. Ankle jerk absent on the left.", "case": {"side": "left"}})
    if not client.get("/api/health").json()["reader"]:
        assert_error(answer, 404, "not_found")
        return
    told = answer.json()
    assert told["findings"]
    assert client.post("/api/localize", json={"case": told["case"], "lenient": True}).status_code == 200


def test_a_second_look_stands_back_while_rankings_are_asked_for() -> None:
    order: list[str] = []

    async def ranking(name: str, lasts: float) -> None:
        async with turns().first():
            await asyncio.sleep(lasts)
            order.append(name)

    async def rest() -> None:
        async with turns().later():
            order.append("rest")

    async def all_at_once() -> None:
        first = asyncio.create_task(ranking("one", 0.05))
        await asyncio.sleep(0)
        await asyncio.gather(first, rest(), ranking("two", 0.1))

    asyncio.run(all_at_once())
    assert order == ["one", "two", "rest"]


def test_a_second_look_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lasegue.web.turns.PATIENCE", 0.01)
    order: list[str] = []

    async def rest() -> None:
        async with turns().first(), turns().later():
            order.append("rest")

    asyncio.run(rest())
    assert order == ["rest"]


def test_nobody_computes_for_those_who_hung_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lasegue.web.consult.first_look", lambda *_, **__: pytest.fail("computed for nobody"))

    class Gone:
        async def is_disconnected(self) -> bool:
            return True

    asked = LocalizeRequest.model_validate({"case": FOOT_DROP})
    for answer in (localize(asked, Gone()), more(asked, Gone())):  # type: ignore[arg-type]
        assert asyncio.run(answer).status_code == HUNG_UP


def test_nothing_is_kept(client: TestClient) -> None:
    """The answer to one case does not depend on the cases before it."""
    before = client.post("/api/localize", json={"case": {}}).text
    client.post("/api/localize", json={"case": {**FOOT_DROP, "id": "a person"}})
    assert client.post("/api/localize", json={"case": {}}).text == before
    assert len(consult_router.routes) == 2


def test_many_at_once_get_each_their_own_answer(client: TestClient) -> None:
    names = sorted(CASES)[:6]
    alone = {name: client.post("/api/localize", json={"case": CASES[name], "lenient": True}).text for name in names}
    with ThreadPoolExecutor(6) as people:
        together = people.map(lambda name: client.post("/api/localize", json={"case": CASES[name], "lenient": True}).text, names * 3)
        assert list(together) == [alone[name] for name in names * 3]
        more = list(people.map(lambda _: client.post("/api/localize/more", json={"case": FOOT_DROP}).text, range(4)))
    assert len(set(more)) == 1


# -- pages --------------------------------------------------------------------------------------------------------------


def test_built_pages_are_served(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>page</title>", encoding="utf-8")
    (tmp_path / "assets" / "a-123.js").write_text("export {}", encoding="utf-8")
    client = TestClient(create_app(static=tmp_path), base_url=HERE)
    assert "page" in client.get("/").text
    assert client.get("/").headers["cache-control"] == "no-cache"
    assert "immutable" in client.get("/assets/a-123.js").headers["cache-control"]
    assert_error(client.get("/assets/b.js"), 404, "not_found")
    assert client.get("/api/health").status_code == 200


def test_without_them_a_plain_page_says_so(tmp_path: Path) -> None:
    client = TestClient(create_app(static=tmp_path), base_url=HERE)
    answer = client.get("/")
    assert answer.headers["content-type"].startswith("text/html")
    assert "not built" in answer.text
    assert "<script" not in answer.text


# -- serving ------------------------------------------------------------------------------------------------------------


def test_other_devices_are_served_only_on_purpose() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "localhost", "::1", "127.0.0.2"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "192.168.1.20", "::", "clinic.example"))
    check_hosts("127.0.0.1", [])
    check_hosts("0.0.0.0", ["192.168.1.20"])
    with pytest.raises(InputError, match="--allow-host"):
        serve_command("0.0.0.0", None, 0)
    with pytest.raises(InputError, match="pattern"):
        check_hosts("0.0.0.0", ["*"])


def test_it_serves(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import uvicorn

    started: list[uvicorn.Server] = []

    class Known(uvicorn.Server):
        def __init__(self, config: uvicorn.Config) -> None:
            super().__init__(config)
            started.append(self)

        def install_signal_handlers(self) -> None:
            """Not in a thread."""

    monkeypatch.setattr(uvicorn, "Server", Known)
    monkeypatch.setattr("lasegue.web.serving.warm", lambda: None)
    thread = threading.Thread(target=serve_command, kwargs={"port": 0}, daemon=True)
    thread.start()
    address = ""
    for _ in range(200):
        time.sleep(0.05)
        address = address or capsys.readouterr().out
        if address and started and started[0].started:
            break
    url = address.split()[1]
    with urllib.request.urlopen(f"{url}api/health") as answer:
        assert json.load(answer)["status"] == "ok"
        assert answer.headers["server"] is None
    with pytest.raises(InputError, match="--port"):
        serve_command(port=int(url.rstrip("/").rpartition(":")[2]))
    started[0].should_exit = True
    thread.join(10)
    assert not thread.is_alive()


# -- generated requests -------------------------------------------------------------------------------------------------

generated = schemathesis.openapi.from_asgi("/api/openapi.json", create_app(["testserver"]))


@generated.parametrize()
@settings(max_examples=10, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_no_request_makes_it_fail(case: schemathesis.Case) -> None:
    """Nothing that the description allows, and nothing near it, makes the program fail; every error has the one shape."""
    answer = case.call()
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert set(answer.json()) == {"error"}
        assert set(answer.json()["error"]) == {"code", "message", "faults"}
