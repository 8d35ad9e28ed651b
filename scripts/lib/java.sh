# shellcheck shell=bash
# Finds a JDK and a Maven for the scripts beside it. Source it, then call need_java or need_maven:
# they set JAVA_HOME, PATH and MVN, or say what to install and end the script with status 1.

SANDPIPER_JAVA=25 # the oldest release that works

# File names are UTF-8 whatever the terminal says; under LANG=C the JVM would refuse "Kündigung.rtf".
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *[Uu][Tt][Ff]-8 | *[Uu][Tt][Ff]8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

# Major release of the JDK in folder $1; fails when it is not a JDK (java and javac).
java_release() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  local line
  if [ -r "$1/release" ] && line=$(grep -m1 '^JAVA_VERSION=' "$1/release"); then
    line=${line#*\"}
  else
    line=$("$1/bin/java" -version 2>&1 | head -n 1)
    line=${line#*\"}
  fi
  line=${line%%[!0-9]*}
  [ -n "$line" ] && printf '%s\n' "$line"
}

# Every folder that may hold a JDK, the most wanted first.
java_candidates() {
  [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
  local java
  if java=$(command -v java); then
    java=$(readlink -f "$java" 2>/dev/null || printf '%s' "$java")
    printf '%s\n' "${java%/bin/java}"
  fi
  printf '%s\n' /usr/lib/jvm/* /opt/* /opt/java/* /usr/java/* /usr/local/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
}

# Sets JAVA_HOME and PATH to the first JDK that is new enough.
need_java() {
  local home release
  while IFS= read -r home; do
    if release=$(java_release "$home") && [ "$release" -ge "$SANDPIPER_JAVA" ]; then
      export JAVA_HOME="$home" PATH="$home/bin:$PATH"
      return 0
    fi
  done < <(java_candidates)
  cat >&2 <<MESSAGE
No JDK $SANDPIPER_JAVA or newer found (looked at JAVA_HOME, PATH, /usr/lib/jvm, /opt, ~/.sdkman, /Library/Java).
Install one, then run this again:
  Debian 13, Ubuntu 26.04    sudo apt install openjdk-25-jdk-headless
  anywhere else              Eclipse Temurin 25, https://adoptium.net
or set JAVA_HOME to where it is.
MESSAGE
  exit 1
}

# Sets MVN to a Maven that runs.
need_maven() {
  local candidate
  for candidate in "${MAVEN_HOME:-}/bin/mvn" "$(command -v mvn || true)" /opt/maven/bin/mvn \
    /opt/*maven*/bin/mvn /usr/share/maven/bin/mvn "$HOME"/.sdkman/candidates/maven/current/bin/mvn \
    /opt/homebrew/bin/mvn /usr/local/bin/mvn; do
    if [ -x "$candidate" ]; then
      export MVN="$candidate"
      return 0
    fi
  done
  cat >&2 <<'MESSAGE'
No Maven found (looked at MAVEN_HOME, PATH, /opt, ~/.sdkman). Install Maven 3.8.7 or newer, then run this again:
  Debian, Ubuntu             sudo apt install maven
  anywhere else              https://maven.apache.org/download.cgi
or set MAVEN_HOME to where it is.
MESSAGE
  exit 1
}
