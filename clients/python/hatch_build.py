"""Generates src/kutip/v1 from the contract while the package is built. `python hatch_build.py` does only that."""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROTO = HERE.parent.parent / "proto"  # absent where the package is built from an sdist, which has the stubs
SOURCES = HERE / "src"


def generate() -> None:
    """Messages and stubs with their types; google.rpc comes from googleapis-common-protos."""
    protos = sorted(str(path.relative_to(PROTO)) for path in PROTO.glob("kutip/v1/*.proto"))
    subprocess.run(
        [sys.executable, "-m", "grpc_tools.protoc", f"-I{PROTO}", f"--python_out={SOURCES}", f"--pyi_out={SOURCES}",
         f"--grpc_python_out={SOURCES}", f"--mypy_grpc_out=quiet:{SOURCES}", *protos], check=True)
    (SOURCES / "kutip/v1/__init__.py").write_text('"""The contract: messages and stubs, generated from proto/kutip/v1."""\n')


if __name__ == "__main__":
    generate()
else:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class GenerateStubs(BuildHookInterface):
        def initialize(self, version: str, build_data: dict) -> None:
            if PROTO.is_dir():
                generate()
