"""The files of deploy/, as the programs read them that they are for. What is not installed here is skipped.

usage: deploy_test.py KUTIP DEPLOY CLIENTS
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

try:
    import yaml
except ImportError:
    yaml = None
try:
    import kubernetes_validate  # pip install kubernetes-validate
except ImportError:
    kubernetes_validate = None

KUTIP = sys.argv[1]
DEPLOY, CLIENTS = map(pathlib.Path, sys.argv[2:4])
MANIFESTS = DEPLOY / "kubernetes" / "kutip.yaml"

# grpc.service_config.ServiceConfig (github.com/grpc/grpc-proto), as far as it is used.
SERVICE_CONFIG = {"loadBalancingConfig", "methodConfig", "healthCheckConfig"}
RETRY_POLICY = {"maxAttempts", "initialBackoff", "maxBackoff", "backoffMultiplier", "retryableStatusCodes"}


def settings(path):
    """Starts nothing: has the program read a file of settings."""
    return subprocess.run([KUTIP, "serve", "--config", str(path), "--print-config"], capture_output=True, text=True)


class Deploy(unittest.TestCase):
    def test_service_configs(self):
        for path in (DEPLOY / "service_config.json", CLIENTS / "service_config.json"):
            config = json.loads(path.read_text())
            self.assertLessEqual(set(config), SERVICE_CONFIG, path)
            self.assertEqual(config["loadBalancingConfig"], [{"round_robin": {}}], path)
            for method in config["methodConfig"]:
                self.assertEqual(method["name"], [{"service": "kutip.v1.AnnotationService"}], path)
                retry = method["retryPolicy"]
                self.assertEqual(set(retry), RETRY_POLICY, path)
                self.assertIn(retry["maxAttempts"], range(2, 6), "gRPC takes 2 to 5")
                for duration in (retry["initialBackoff"], retry["maxBackoff"]):
                    self.assertRegex(duration, r"^\d+(\.\d+)?s$")
                self.assertEqual(retry["retryableStatusCodes"], ["UNAVAILABLE", "RESOURCE_EXHAUSTED"], path)

    def test_settings_of_the_unit(self):
        read = settings(DEPLOY / "systemd" / "kutip.yaml")
        self.assertEqual((read.returncode, read.stderr), (0, ""))

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is missing")
    def test_unit(self):
        with tempfile.TemporaryDirectory() as folder:
            unit = pathlib.Path(folder) / "kutip.service"
            unit.write_text((DEPLOY / "systemd" / "kutip.service").read_text().replace("/usr/bin/kutip", KUTIP))
            verified = subprocess.run(["systemd-analyze", "--man=no", "verify", str(unit)], capture_output=True, text=True)
        # It also tells of other units of the machine.
        self.assertEqual([line for line in verified.stderr.splitlines() if "kutip" in line], [])

    @unittest.skipUnless(yaml, "python3-yaml is missing")
    def test_manifests_set_what_there_is_to_set(self):
        with open(MANIFESTS) as file:
            manifests = {manifest["kind"]: manifest for manifest in yaml.safe_load_all(file)}
        pod = manifests["Deployment"]["spec"]["template"]["spec"]
        arguments = pod["containers"][0]["args"]
        read = subprocess.run([KUTIP, "serve", *arguments, "--print-config"], capture_output=True, text=True)
        self.assertEqual((read.returncode, read.stderr), (0, ""))
        drain = sum(int(seconds) for seconds in re.findall(r"^drain_\w+: (\d+)s", read.stdout, re.M))
        self.assertLess(drain, pod["terminationGracePeriodSeconds"])
        labels = manifests["Deployment"]["spec"]["template"]["metadata"]["labels"]
        for kind in ("PodDisruptionBudget", "Deployment"):
            self.assertEqual(manifests[kind]["spec"]["selector"]["matchLabels"], labels)
        self.assertEqual(manifests["Service"]["spec"]["selector"], labels)

    @unittest.skipUnless(yaml and kubernetes_validate, "kubernetes-validate is missing")
    def test_manifests_are_what_kubernetes_takes(self):
        with open(MANIFESTS) as file:
            for manifest in yaml.safe_load_all(file):
                kubernetes_validate.validate(manifest, "1.28", strict=True)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
