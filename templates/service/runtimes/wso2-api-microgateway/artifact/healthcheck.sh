#!/bin/sh
# Whether the gateway answers, with what its image has.
url=http://127.0.0.1:${{ values.container.healthPort }}${{ values.container.healthPath }}
if command -v curl > /dev/null 2>&1; then
  exec curl --fail --silent --show-error --max-time 2 --output /dev/null "$url"
elif command -v wget > /dev/null 2>&1; then
  exec wget -q -T 2 -O /dev/null "$url"
else
  exec nc -z 127.0.0.1 ${{ values.container.port }}
fi
