# shellcheck shell=bash
# Builds the distribution when it is missing or old, and runs an agent in a temporary home. Source java.sh first.
#
#   build_distribution        sets DIST
#   start_agent [LINE…]       starts an agent with these configuration lines; sets AGENT_HOME, AGENT_PID, AGENT_PORT
#   stop_agent                ends it and removes its home
#   ask COMMAND [ARGUMENT…]   see Agent.java

# No training of the start-up cache beside what is shown or measured.
export SANDPIPER_CACHE=${SANDPIPER_CACHE:-off}

DIST=${SANDPIPER_DIST:-$PWD/edge-agent/target/sandpiper}
AGENT_HOME='' AGENT_PID='' AGENT_PORT=''

# Whether anything that goes into the distribution is newer than it.
distribution_is_old() {
  [ -x "$DIST/bin/sandpiper" ] || return 0
  [ -n "$(find pom.xml cloud-functions/*/src/main cloud-functions/*/pom.xml edge-agent/src/main edge-agent/pom.xml \
    -newer "$DIST/bin/sandpiper" -type f -print -quit)" ]
}

build_distribution() {
  [ -z "${SANDPIPER_DIST:-}" ] || return 0 # somebody else made that one
  distribution_is_old || return 0
  need_maven
  local log
  log=$(mktemp "${TMPDIR:-/tmp}/sandpiper-build.XXXXXX")
  echo "Building Sandpiper (the first time Maven fetches libraries, which takes a few minutes) …"
  if ! "$MVN" -q -B -ntp -Dquick -DskipTests package </dev/null >"$log" 2>&1; then
    echo "The build failed:" >&2
    grep -E '^\[ERROR\]' "$log" | head -n 20 >&2
    echo "The whole output is in $log." >&2
    exit 1
  fi
  rm -f "$log"
  touch "$DIST/bin/sandpiper"
}

start_agent() {
  AGENT_HOME=$(mktemp -d "${TMPDIR:-/tmp}/sandpiper-home.XXXXXX")
  {
    echo '[http]'
    echo 'port = 0'
    printf '%s\n' "$@"
  } >"$AGENT_HOME/sandpiper.toml"
  run_agent
  await_agent
}

# Runs an agent in AGENT_HOME, also again after its end.
run_agent() {
  rm -f "$AGENT_HOME/agent.json"
  SANDPIPER_HOME=$AGENT_HOME SANDPIPER_CONFIG=$AGENT_HOME/sandpiper.toml \
    "$DIST/bin/sandpiper" run >>"$AGENT_HOME/agent.log" 2>&1 </dev/null &
  AGENT_PID=$!
}

await_agent() {
  local tries=0
  until [ -s "$AGENT_HOME/agent.json" ]; do
    tries=$((tries + 1))
    if ! kill -0 "$AGENT_PID" 2>/dev/null || [ "$tries" -gt 1500 ]; then
      echo "The agent did not start; its output:" >&2
      tail -n 20 "$AGENT_HOME/agent.log" >&2
      exit 1
    fi
    sleep 0.02
  done
  AGENT_PORT=$(sed -n 's/.*"port":\([0-9]*\).*/\1/p' "$AGENT_HOME/agent.json")
  export AGENT_PORT
}

stop_agent() {
  if [ -n "$AGENT_PID" ] && kill "$AGENT_PID" 2>/dev/null; then
    wait "$AGENT_PID" 2>/dev/null || true
  fi
  AGENT_PID=''
  if [ -n "$AGENT_HOME" ]; then
    rm -rf "$AGENT_HOME"
    AGENT_HOME=''
  fi
}

ask() {
  "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$DIST/lib/*" scripts/lib/Agent.java "$AGENT_HOME" "$@"
}
