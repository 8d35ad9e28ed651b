# shellcheck shell=bash
# The agent's [burst.aws] settings, kept between two marks in its configuration file. Everything else in it stays.
#
#   settings_file                 the file that the agent reads
#   settings_put FILE KEY=VALUE…  replaces the marked block; sets SETTINGS_CHANGED
#   settings_remove FILE          takes the block away again

SETTINGS_BEGIN='# >>> written by scripts/deploy; run it again rather than changing this block'
SETTINGS_END='# <<< written by scripts/deploy'
SETTINGS_CHANGED=false

settings_file() {
  local own=${XDG_CONFIG_HOME:-${HOME:-/root}/.config}/sandpiper/sandpiper.toml
  if [ -n "${SANDPIPER_CONFIG:-}" ]; then
    printf '%s\n' "$SANDPIPER_CONFIG"
  elif [ ! -f "$own" ] && [ -f /etc/sandpiper/sandpiper.toml ]; then
    echo /etc/sandpiper/sandpiper.toml
  else
    printf '%s\n' "$own"
  fi
}

# The value of a key in the marked block, without quotes; empty when there is none.
settings_get() { # file key
  [ -f "$1" ] || return 0
  BEGIN=$SETTINGS_BEGIN END=$SETTINGS_END KEY=$2 awk '
    $0 == ENVIRON["BEGIN"] { inside = 1; next }
    $0 == ENVIRON["END"] { inside = 0 }
    inside && index($0, ENVIRON["KEY"] " = ") == 1 { sub(/^[^=]*= "/, ""); sub(/"$/, ""); print; exit }' "$1"
}

# Prints the file with the block (lines; empty: none) in its [burst.aws] table. A key of the block that a person
# has set in the table as well would be set twice, which TOML forbids: that line becomes a comment.
settings_text() { # file block
  BLOCK=$2 BEGIN=$SETTINGS_BEGIN END=$SETTINGS_END awk '
    function put(   i) {
      if (ENVIRON["BLOCK"] == "") return
      print ENVIRON["BEGIN"]
      for (i = 1; i <= lines; i++) print line[i]
      print ENVIRON["END"]
    }
    BEGIN {
      lines = split(ENVIRON["BLOCK"], line, "\n")
      for (i = 1; i <= lines; i++) { key = line[i]; sub(/ *=.*/, "", key); if (key != "") taken[key] = 1 }
    }
    $0 == ENVIRON["BEGIN"] { skip = 1; next }
    $0 == ENVIRON["END"] && skip { skip = 0; next }
    skip { next }
    /^[ \t]*\[/ {
      table = $0; gsub(/[ \t]/, "", table); sub(/#.*/, "", table)
      inside = table == "[burst.aws]"
      print
      if (inside && !done) { put(); done = 1 }
      next
    }
    inside && /^[ \t]*[A-Za-z0-9_-]+[ \t]*=/ {
      key = $0; sub(/^[ \t]*/, "", key); sub(/[ \t]*=.*/, "", key)
      if (key in taken) { print "# replaced by scripts/deploy: " $0; next }
    }
    { print }
    END {
      if (!done && ENVIRON["BLOCK"] != "") { if (NR > 0) print ""; print "[burst.aws]"; put() }
    }' "$1"
}

# Whether a person has set the key in [burst.aws] outside of the block.
settings_own() { # file key
  [ -f "$1" ] || return 1
  BEGIN=$SETTINGS_BEGIN END=$SETTINGS_END KEY=$2 awk '
    $0 == ENVIRON["BEGIN"] { skip = 1; next }
    $0 == ENVIRON["END"] { skip = 0; next }
    skip { next }
    /^[ \t]*\[/ { table = $0; gsub(/[ \t]/, "", table); sub(/#.*/, "", table); inside = table == "[burst.aws]"; next }
    inside { key = $0; sub(/^[ \t]*/, "", key); sub(/[ \t]*=.*/, "", key); if (key == ENVIRON["KEY"]) found = 1 }
    END { exit !found }' "$1"
}

settings_write() { # file block
  local file=$1 folder new
  if [ -f "$file" ] && [ "$(grep -cxF -e "$SETTINGS_BEGIN" "$file")" != "$(grep -cxF -e "$SETTINGS_END" "$file")" ]; then
    echo "$file: the block of scripts/deploy has lost its first or last line. Remove what is left of it, then run this again." >&2
    return 1
  fi
  folder=$(dirname "$file")
  SETTINGS_CHANGED=false
  mkdir -p "$folder"
  new=$(mktemp "$folder/.sandpiper.toml.XXXXXX")
  if [ -f "$file" ]; then
    settings_text "$file" "$2" >"$new"
    if cmp -s "$file" "$new"; then
      rm -f "$new"
      return 0
    fi
    chmod --reference="$file" "$new"
    chown --reference="$file" "$new" 2>/dev/null || true
    cp -p "$file" "$file.before-deploy"
  else
    settings_text /dev/null "$2" >"$new"
  fi
  mv -f "$new" "$file"
  # Read by the script that sources this file.
  # shellcheck disable=SC2034
  SETTINGS_CHANGED=true
}

settings_put() { # file KEY=VALUE…
  local file=$1 pair value block=''
  shift
  for pair in "$@"; do
    value=${pair#*=}
    value=${value//\\/\\\\}
    value=${value//\"/\\\"}
    block="$block${block:+$'\n'}$(printf '%s = "%s"' "${pair%%=*}" "$value")"
  done
  settings_write "$file" "$block"
}

settings_remove() { # file
  [ ! -f "$1" ] || settings_write "$1" ''
}
