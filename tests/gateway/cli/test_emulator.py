"""`hub emulator` as a process: it answers, follows its rules, tells what came, and stops."""

import re
import signal
import subprocess
import sys

import requests

HUB = [sys.executable, "-u", "-c", "from gateway.cli import main; main()"]
MESSAGE = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    '<a:GetApplicationStateRequest xmlns:a="urn://x-artefacts-citto-72/portal/application/1.0">'
    "<a:orderId>{}</a:orderId></a:GetApplicationStateRequest></s:Body></s:Envelope>"
)


def test_an_emulator_runs_as_a_process(tmp_path):
    arguments = ["emulator", "department", "--port", "0"]
    arguments += ["--rule", "GetApplicationState:orderId=500:error"]
    process = subprocess.Popen(
        [*HUB, *arguments], stdout=subprocess.PIPE, text=True, env={"HUB_HOME": str(tmp_path)}
    )
    try:
        url = re.search(r"http\S+1\.0", process.stdout.readline())[0]
        assert "ApplicationService" in requests.get(f"{url}?wsdl", timeout=10).text
        answers = [
            requests.post(
                url,
                data=MESSAGE.format(order).encode(),
                headers={"Content-Type": "text/xml; charset=utf-8"},
                timeout=10,
            ).text
            for order in (7, 500)
        ]
        assert "NOT_FOUND" in answers[0]
        assert "Internal Server Error" in answers[1]
        told = [process.stdout.readline() for _ in answers]
        assert "GetApplicationState: good, HTTP 500" in told[0]
        assert "GetApplicationState: error, без ответа" in told[1]
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        process.stdout.close()
