import sys

import kutip

text = open(sys.argv[1], encoding="utf-8", newline="").read()
with kutip.Client() as client:  # $KUTIP_SERVER, else 127.0.0.1:50061
    for said in client.annotate(text):
        print(said.speaker, "|", said.text)
