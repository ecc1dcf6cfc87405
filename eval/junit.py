"""A run as JUnit XML, which build servers show: one test for each metric, and one for each case."""

import re
from xml.etree import ElementTree

from eval.compare import Comparison
from eval.confidence import is_right
from eval.metrics import METRICS
from eval.report import verdict
from eval.run import Run

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(run: Run, comparison: Comparison | None) -> str:
    """The XML. A metric fails when it regressed; a wrong case is no failure of the build, it is told as output."""
    changes = {one.metric: one for one in comparison.differences} if comparison else {}
    root = ElementTree.Element("testsuites")
    gate = ElementTree.SubElement(root, "testsuite", name=_clean(f"footnoted eval {run.suite}: gate"))
    cases = ElementTree.SubElement(root, "testsuite", name=_clean(f"footnoted eval {run.suite}: cases"))
    failures = 0
    for metric in METRICS:
        test = ElementTree.SubElement(gate, "testcase", classname=_clean(run.suite), name=metric.name)
        mean, change = run.metrics[metric.name], changes.get(metric.name)
        inexact = comparison.inexact if comparison and metric.name == "quote_exactness" else ()
        if (change and change.regressed) or inexact:
            failures += 1
            ElementTree.SubElement(test, "failure", message=_clean(verdict(comparison)))
        elif mean.value is None:
            ElementTree.SubElement(test, "skipped", message="unscored")
    for done in run.cases:
        test = ElementTree.SubElement(
            cases, "testcase", classname=_clean(run.suite), name=_clean(done.case.id), time=f"{done.seconds:.3f}"
        )
        right = is_right(done)
        if right is None:
            ElementTree.SubElement(test, "skipped", message="it is not known what is right")
        output = ElementTree.SubElement(test, "system-out")
        told = {True: "right", False: "wrong", None: "unscored"}[right]
        output.text = _clean(f"{told}\n{done.case.question}\n{done.result.answer.text}")
    for suite, tests, failed in ((gate, len(METRICS), failures), (cases, len(run.cases), 0)):
        suite.set("tests", str(tests))
        suite.set("failures", str(failed))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NO_XML.sub("�", text)
