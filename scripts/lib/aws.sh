# shellcheck shell=bash
# shellcheck disable=SC2153,SC2034 # STACK, REGION, ACCOUNT and YES come from the script; STATUS goes to it
# Stacks, buckets and what is left of them, through the plain aws command. Set STACK and REGION before use.
#
#   cloud SERVICE OPERATION…        aws, without a pager and with the region and profile of this run
#   artefact_bucket                 makes the bucket for packages once; sets ARTEFACTS
#   change_stack STACK TEMPLATE FOLDER KEY=VALUE…   change set, table, question, execution
#   outputs STACK                   its outputs, a key and a value a line
#   empty_bucket BUCKET             every version, delete marker and unfinished upload

export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off
ARTEFACTS=''

stop() { # message…
  printf 'scripts/deploy: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

cloud() { aws --region "$REGION" --output text "$@"; }

# The same, but the answer is yes or no.
exists() { cloud "$@" >/dev/null 2>&1; }

artefact_bucket() {
  ARTEFACTS=sandpiper-artefacts-$ACCOUNT-$REGION
  local owner=(--bucket "$ARTEFACTS" --expected-bucket-owner "$ACCOUNT")
  # The tag comes last: with it everything else is there, and a run that was broken off before is mended by the next.
  ! cloud s3api get-bucket-tagging "${owner[@]}" 2>/dev/null | grep -q sandpiper-artefacts || return 0
  if ! exists s3api head-bucket "${owner[@]}"; then
    local place=(--create-bucket-configuration "LocationConstraint=$REGION")
    [ "$REGION" != us-east-1 ] || place=()
    echo "Making the bucket $ARTEFACTS for packages."
    cloud s3api create-bucket --bucket "$ARTEFACTS" --object-ownership BucketOwnerEnforced "${place[@]}" >/dev/null ||
      stop "the bucket $ARTEFACTS for packages could not be made." \
        "If the name is taken by another account, deploy in another region; else ask for s3:CreateBucket."
  fi
  cloud s3api put-public-access-block "${owner[@]}" --public-access-block-configuration \
    BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
  cloud s3api put-bucket-encryption "${owner[@]}" --server-side-encryption-configuration \
    '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}'
  cloud s3api put-bucket-lifecycle-configuration "${owner[@]}" --lifecycle-configuration \
    '{"Rules":[{"ID":"unfinished","Status":"Enabled","Filter":{"Prefix":""},"AbortIncompleteMultipartUpload":{"DaysAfterInitiation":1}}]}' >/dev/null
  cloud s3api put-bucket-policy "${owner[@]}" --policy "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"TlsOnly\",\"Effect\":\"Deny\",
    \"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":[\"arn:aws:s3:::$ARTEFACTS\",\"arn:aws:s3:::$ARTEFACTS/*\"],
    \"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]}"
  cloud s3api put-bucket-tagging "${owner[@]}" --tagging 'TagSet=[{Key=sandpiper-artefacts,Value=all}]'
}

# What a stack is, for instance CREATE_COMPLETE; empty when there is none. That AWS did not answer is not taken for that.
stack_status() { # name
  local answer
  if answer=$(cloud cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].StackStatus' 2>&1); then
    printf '%s\n' "$answer"
    return 0
  fi
  case $answer in
    *"does not exist"*) ;;
    *)
      printf 'scripts/deploy: the stack %s could not be looked up:%s\n' "$1" "$answer" >&2
      return 1
      ;;
  esac
}

outputs() { cloud cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].Outputs[].[OutputKey,OutputValue]'; }

# Waits while a stack is on its way; prints what happens to its resources; sets STATUS.
await_stack() { # stack-id
  local seen='' events line status kind name tries=0
  while :; do
    STATUS=$(stack_status "$1") || STATUS=UNKNOWN_IN_PROGRESS # asked again
    events=$(cloud cloudformation describe-stack-events --stack-name "$1" --max-items 60 \
      --query 'reverse(StackEvents[].[EventId,ResourceStatus,ResourceType,LogicalResourceId])' 2>/dev/null || true)
    while IFS=$'\t' read -r line status kind name; do
      [ -n "${name:-}" ] || continue
      case $seen in *"$line"*) continue ;; esac
      seen="$seen $line"
      case $status in *_COMPLETE | *_FAILED) [ -z "$BEGUN" ] || printf '  %-24s %-32s %s\n' "$status" "$kind" "$name" ;; esac
    done <<<"$events"
    BEGUN=yes
    case $STATUS in *_IN_PROGRESS) ;; *) return 0 ;; esac
    tries=$((tries + 1))
    [ "$tries" -lt 720 ] || stop "the stack $1 is still $STATUS after an hour." "Look at it in the CloudFormation console, then run this again."
    sleep 5
  done
}

# What a failed resource's reason means, for the causes that people meet.
advice() { # reason
  case $1 in
    *"AccessDenied"* | *"not authorized"*)
      echo "your own user or role lacks that permission: ask for it, or deploy with --profile of an administrator" ;;
    *"UnreservedConcurrentExecution"* | *"ConcurrentExecutions"*)
      echo "the account allows fewer concurrent functions than the stack reserves: lower it with --parameter, or ask for a higher quota (Service Quotas, Lambda, Concurrent executions)" ;;
    *"already exists"* | *"AlreadyExists"* | *"AlreadyOwnedByYou"*)
      echo "something of that name is left from an earlier stack: scripts/deploy --destroy --stack $STACK, or use another --stack name" ;;
    *"LimitExceeded"* | *"quota"* | *"TooMany"*) echo "a quota of the account is used up: raise it in Service Quotas, or remove what is not needed" ;;
    *"java25"* | *"untime"*"not supported"*) echo "this region does not offer the runtime yet: choose another --region" ;;
    *"SnapStart"*) echo "SnapStart is not available here: switch it off with --parameter" ;;
    *"ancelled"*) echo "a consequence of another failure above" ;;
    *) echo "see the resource's page in the CloudFormation reference" ;;
  esac
}

explain_failure() { # stack
  echo "scripts/deploy: the stack $1 is $STATUS; what failed:" >&2
  cloud cloudformation describe-stack-events --stack-name "$1" --max-items 200 \
    --query "StackEvents[?contains(ResourceStatus,'FAILED')].[LogicalResourceId,ResourceType,ResourceStatusReason]" |
    while IFS=$'\t' read -r name kind reason; do
      [ -n "${kind:-}" ] || continue
      printf '  %s (%s): %s\n    → %s\n' "$name" "$kind" "$reason" "$(advice "$reason")" >&2
    done
  case $STATUS in
    *ROLLBACK_COMPLETE) echo "Everything was rolled back to what was before; nothing is half done. Mend the cause and run this again." >&2 ;;
    *) echo "The roll-back did not finish either: open the stack in the CloudFormation console and continue the roll-back there." >&2 ;;
  esac
  exit 1
}

# A stack that was never made whole can only be deleted; it holds nothing. Sets STATUS to what it is then.
clear_failed_stack() { # stack
  STATUS=$(stack_status "$1")
  case $STATUS in
    ROLLBACK_COMPLETE | ROLLBACK_FAILED | REVIEW_IN_PROGRESS)
      echo "An earlier attempt at the stack $1 never finished; removing what is left of it."
      cloud cloudformation delete-stack --stack-name "$1"
      cloud cloudformation wait stack-delete-complete --stack-name "$1" ||
        stop "what is left of the stack $1 cannot be deleted." "See its events in the CloudFormation console."
      STATUS=''
      ;;
    *_IN_PROGRESS) stop "another change of the stack $1 is running." "Wait for it, then run this again." ;;
    UPDATE_ROLLBACK_FAILED | DELETE_FAILED)
      stop "the stack $1 is $STATUS." "Continue the roll-back or the deletion in the CloudFormation console, then run this again." ;;
  esac
}

json_text() { # text
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\r'/}
  text=${text//$'\n'/\\n}
  printf '"%s"' "${text//$'\t'/\\t}"
}

# The parameters of a change: those given, and the values of before for the others that the template still has.
parameter_file() { # stack type KEY=VALUE…
  local stack=$1 kind=$2 known before key pair separator='' taken=' '
  shift 2
  # The packaged template is YAML as aws writes it: names of parameters stand two blanks in.
  known=" $(awk '/^[^ ]/ { inside = $1 == "Parameters:" } inside && /^  [A-Za-z0-9]+:/ { sub(/:.*/, "", $1); print $1 }' \
    "$PACKAGED" | tr '\n' ' ')"
  printf '['
  for pair in "$@"; do
    key=${pair%%=*}
    case $known in *" $key "*) ;; *) stop "the template has no parameter '$key'." "It has:$known" ;; esac
    taken="$taken$key "
    printf '%s{"ParameterKey":"%s","ParameterValue":%s}' "$separator" "$key" "$(json_text "${pair#*=}")"
    separator=,
  done
  if [ "$kind" = UPDATE ]; then
    before=$(cloud cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].Parameters[].ParameterKey')
    for key in $before; do
      case $taken in *" $key "*) continue ;; esac
      case $known in *" $key "*) ;; *) continue ;; esac
      printf '%s{"ParameterKey":"%s","UsePreviousValue":true}' "$separator" "$key"
      separator=,
    done
  fi
  printf ']\n'
}

# Packages a template into the artefact bucket and has it validated; sets PACKAGED and TEMPLATE_URL.
upload_template() { # stack template work-folder
  local key
  PACKAGED=$3/$1.packaged.yaml
  cloud cloudformation package --template-file "$2" --s3-bucket "$ARTEFACTS" --s3-prefix "$STACK" \
    --output-template-file "$PACKAGED" >"$3/package.log" 2>&1 || {
    cat "$3/package.log" >&2
    stop "the package for $2 could not be put into the bucket $ARTEFACTS."
  }
  key=$STACK/$1-$(sha256sum "$PACKAGED" | cut -c 1-32).yaml
  cloud s3api put-object --bucket "$ARTEFACTS" --key "$key" --body "$PACKAGED" --expected-bucket-owner "$ACCOUNT" >/dev/null
  TEMPLATE_URL=https://$ARTEFACTS.s3.$REGION.amazonaws.com/$key
  cloud cloudformation validate-template --template-url "$TEMPLATE_URL" >/dev/null ||
    stop "CloudFormation found the template of the stack $1 invalid; its message is above."
}

show_changes() { # stack change-set
  echo
  printf '  %-8s %-12s %-38s %s\n' change replaced resource name
  cloud cloudformation describe-change-set --stack-name "$1" --change-set-name "$2" \
    --query 'Changes[].ResourceChange.[Action,Replacement,ResourceType,LogicalResourceId]' |
    while IFS=$'\t' read -r action replaced kind name; do
      [ "$replaced" != None ] || replaced=-
      [ -z "${name:-}" ] || printf '  %-8s %-12s %-38s %s\n' "$action" "$replaced" "$kind" "$name"
    done | sort | grep . || echo "  no resource, only outputs or tags"
  echo
}

confirm() { # question
  [ "$YES" = false ] || return 0
  local answer=''
  read -r -p "$1 [y/N] " answer || echo "(nobody answers; --yes goes on without the question)"
  case $answer in y | Y | yes | Yes) return 0 ;; *) return 1 ;; esac
}

change_stack() { # stack template work-folder KEY=VALUE…
  local stack=$1 template=$2 work=$3 kind=UPDATE name reason
  shift 3
  clear_failed_stack "$stack"
  [ -n "$STATUS" ] || kind=CREATE
  upload_template "$stack" "$template" "$work"
  parameter_file "$stack" "$kind" "$@" >"$work/parameters.json"
  name=sandpiper-$(date -u +%Y%m%d-%H%M%S)-$$
  cloud cloudformation create-change-set --stack-name "$stack" --change-set-name "$name" --change-set-type "$kind" \
    --template-url "$TEMPLATE_URL" --parameters "file://$work/parameters.json" --tags "Key=sandpiper,Value=$STACK" \
    --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND >/dev/null ||
    stop "CloudFormation refused the change of the stack $1; its message is above."
  if ! exists cloudformation wait change-set-create-complete --stack-name "$stack" --change-set-name "$name"; then
    reason=$(cloud cloudformation describe-change-set --stack-name "$stack" --change-set-name "$name" --query StatusReason)
    cloud cloudformation delete-change-set --stack-name "$stack" --change-set-name "$name" >/dev/null
    case $reason in
      *"didn't contain changes"* | *"No updates are to be performed"*)
        echo "The stack $stack is as it should be: no change."
        return 0
        ;;
      *) stop "the change of the stack $stack cannot be made: $reason" "→ $(advice "$reason")" ;;
    esac
  fi
  echo "What changes in the stack $stack (region $REGION, account $ACCOUNT):"
  show_changes "$stack" "$name"
  if ! confirm "Make these changes?"; then
    cloud cloudformation delete-change-set --stack-name "$stack" --change-set-name "$name" >/dev/null
    [ "$kind" = UPDATE ] || cloud cloudformation delete-stack --stack-name "$stack"
    stop "nothing was changed."
  fi
  cloud cloudformation execute-change-set --stack-name "$stack" --change-set-name "$name" --no-disable-rollback ||
    stop "CloudFormation did not begin the change of the stack $stack; its message is above."
  BEGUN='' STATUS=''
  await_stack "$stack"
  case $STATUS in
    CREATE_COMPLETE | UPDATE_COMPLETE) echo "The stack $stack is $STATUS." ;;
    *) explain_failure "$stack" ;;
  esac
}

empty_bucket() { # bucket [prefix]
  local list count total=0 key upload prefix=(${2:+--prefix "$2"})
  exists s3api head-bucket --bucket "$1" --expected-bucket-owner "$ACCOUNT" || return 0
  list=$(mktemp "${TMPDIR:-/tmp}/sandpiper-empty.XXXXXX")
  while :; do
    # shellcheck disable=SC2016 # JMESPath
    aws --region "$REGION" --output json s3api list-object-versions --bucket "$1" "${prefix[@]}" --max-keys 1000 --no-paginate \
      --query '{Objects: [Versions, DeleteMarkers][].{Key: Key, VersionId: VersionId}, Quiet: `true`}' >"$list"
    count=$(grep -c '"Key"' "$list" || true)
    [ "$count" -gt 0 ] || break
    cloud s3api delete-objects --bucket "$1" --delete "file://$list" --query 'Errors[].[Key,Code,Message]' >"$list.errors"
    if grep -qv '^None$' "$list.errors"; then
      head -n 5 "$list.errors" >&2
      rm -f "$list" "$list.errors"
      stop "the bucket $1 could not be emptied." "You need s3:DeleteObject and s3:DeleteObjectVersion on it; then run this again."
    fi
    total=$((total + count))
    echo "  $1: $total objects and versions removed"
  done
  rm -f "$list" "$list.errors"
  cloud s3api list-multipart-uploads --bucket "$1" "${prefix[@]}" --query 'Uploads[].[Key,UploadId]' |
    while IFS=$'\t' read -r key upload; do
      [ -n "${upload:-}" ] || continue
      cloud s3api abort-multipart-upload --bucket "$1" --key "$key" --upload-id "$upload"
      echo "  $1: unfinished upload of $key ended"
    done
}
