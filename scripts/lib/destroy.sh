# shellcheck shell=bash
# shellcheck disable=SC2153,SC2034 # STACK, REGION, ACCOUNT, CONFIG and YES come from the script; STATUS goes to aws.sh
# Takes a plant away, with everything that scripts/deploy has made for it. Source aws.sh and settings.sh first.

STACKS='' BUCKETS='' TAGGED=''

# Finds what there is of the plant: its stacks (devices' first, its own last), its buckets, and whatever carries its tag.
survey() {
  local found bucket
  found=$(cloud cloudformation describe-stacks --query "Stacks[?Tags[?Key=='sandpiper' && Value=='$STACK']].StackName") ||
    stop "the stacks of this account could not be listed." "You need cloudformation:DescribeStacks on all of them."
  STACKS=$(tr '\t' '\n' <<<"$found" | grep -v -e '^None$' -e '^$' | grep -vx -e "$STACK" || true)
  STATUS=$(stack_status "$STACK")
  [ -z "$STATUS" ] || STACKS="$STACKS $STACK"
  STACKS=$(xargs <<<"$STACKS")
  BUCKETS=''
  for bucket in "$STACK-in-$ACCOUNT-$REGION" "$STACK-out-$ACCOUNT-$REGION"; do
    ! exists s3api head-bucket --bucket "$bucket" --expected-bucket-owner "$ACCOUNT" || BUCKETS="$BUCKETS $bucket"
  done
  # Some services name a thing for a while after it is gone.
  found=$(cloud resourcegroupstaggingapi get-resources --tag-filters "Key=sandpiper,Values=$STACK" \
    --query 'ResourceTagMappingList[].ResourceARN') ||
    stop "what carries the tag sandpiper=$STACK could not be listed." "You need tag:GetResources."
  TAGGED=$(tr '\t' '\n' <<<"$found" | grep '^arn:' || true)
}

show_what_goes() {
  local stack bucket waiting
  echo "This goes away for good, in account $ACCOUNT, region $REGION:"
  for stack in $STACKS; do
    echo "  stack $stack"
    cloud cloudformation list-stack-resources --stack-name "$stack" \
      --query 'StackResourceSummaries[].[ResourceType,PhysicalResourceId]' |
      while IFS=$'\t' read -r kind name; do [ -z "${name:-}" ] || printf '    %-38s %s\n' "$kind" "$name"; done
  done
  for bucket in $BUCKETS; do echo "  bucket $bucket with every document and result in it"; done
  echo "  packages of $STACK in the bucket sandpiper-artefacts-$ACCOUNT-$REGION"
  waiting=$(cloud sqs get-queue-attributes --queue-url "$(cloud sqs get-queue-url --queue-name "$STACK-jobs" 2>/dev/null)" \
    --attribute-names ApproximateNumberOfMessages --query Attributes.ApproximateNumberOfMessages 2>/dev/null || true)
  case $waiting in
    '' | None | 0) ;;
    *) echo "  $waiting jobs still wait in its queue. 'sandpiper cloud drain' on each device finishes them first." ;;
  esac
}

ask_for_name() {
  local answer=''
  [ "$YES" = false ] || return 0
  read -r -p "Type the name of the stack to remove all of it: " answer || true
  [ "$answer" = "$STACK" ] || stop "the name was not $STACK; nothing was removed."
}

delete_stack() { # name
  local id
  id=$(cloud cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].StackId')
  STATUS=$(stack_status "$id")
  case $STATUS in
    *_IN_PROGRESS) stop "the stack $1 is being changed." "Wait for that, then run this again." ;;
  esac
  cloud cloudformation delete-stack --stack-name "$1"
  if ! cloud cloudformation wait stack-delete-complete --stack-name "$id"; then
    STATUS=$(stack_status "$id")
    explain_failure "$id"
  fi
  echo "  stack $1 is gone"
}

# What a stack leaves behind on purpose, so that a slip does not cost documents.
delete_retained() {
  local bucket arn name
  survey
  for bucket in $BUCKETS; do
    empty_bucket "$bucket"
    cloud s3api delete-bucket --bucket "$bucket" --expected-bucket-owner "$ACCOUNT"
    echo "  bucket $bucket is gone"
  done
  for arn in $TAGGED; do
    case $arn in
      *:rolesanywhere:*:trust-anchor/*) delete_tagged "$arn" rolesanywhere delete-trust-anchor --trust-anchor-id "${arn##*/}" ;;
      *:sqs:*) delete_tagged "$arn" sqs delete-queue --queue-url "https://sqs.$REGION.amazonaws.com/$ACCOUNT/${arn##*:}" ;;
      *:logs:*:log-group:*)
        name=${arn#*:log-group:}
        delete_tagged "$arn" logs delete-log-group --log-group-name "${name%:\*}"
        ;;
    esac
  done
}

# A thing that only its tag still names may be gone already; whether it is, the proof at the end says.
delete_tagged() { # arn command…
  local arn=$1
  shift
  ! exists "$@" || echo "  $arn is gone"
}

delete_artefacts() {
  local bucket=sandpiper-artefacts-$ACCOUNT-$REGION left
  exists s3api head-bucket --bucket "$bucket" --expected-bucket-owner "$ACCOUNT" || return 0
  empty_bucket "$bucket" "$STACK/"
  # shellcheck disable=SC2016 # JMESPath
  left=$(cloud s3api list-object-versions --bucket "$bucket" --max-keys 1 --no-paginate --query 'length([Versions, DeleteMarkers][] || `[]`)')
  if [ "$left" = 0 ]; then
    cloud s3api delete-bucket --bucket "$bucket" --expected-bucket-owner "$ACCOUNT"
    echo "  bucket $bucket is gone"
  else
    echo "  the bucket $bucket stays: it holds packages of another stack"
  fi
}

# Everything is asked for once more: by stack, by name and by tag.
prove_nothing_is_left() {
  local tries=0
  survey
  while [ -n "$STACKS$BUCKETS$TAGGED" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 24 ] || stop "this still shows up with the tag sandpiper=$STACK:" "$STACKS$BUCKETS" "$TAGGED" \
      "AWS names some things for minutes after they are gone: run this again later. What stays then has to be removed by hand."
    sleep 5
    survey
  done
  echo "Nothing with the tag sandpiper=$STACK is left in $REGION."
}

destroy() {
  [ "$TOOL" = aws ] || stop "--destroy needs the aws command: sam cannot empty buckets." "Install it (sudo apt install awscli), then run this again."
  local stack bucket file
  survey
  file=${CONFIG:-$(settings_file)}
  if [ -z "$STACKS$BUCKETS$TAGGED" ]; then
    echo "There is no stack $STACK in $REGION and nothing with its tag: nothing to remove."
    delete_artefacts
  else
    show_what_goes
    ask_for_name
    for bucket in $BUCKETS; do empty_bucket "$bucket"; done
    for stack in $STACKS; do delete_stack "$stack"; done
    delete_retained
    delete_artefacts
    prove_nothing_is_left
  fi
  if grep -qsF "/$STACK-jobs\"" "$file"; then
    settings_remove "$file"
    echo "Took [burst.aws] of $STACK out of $file, the file of before is $file.before-deploy."
  fi
}
