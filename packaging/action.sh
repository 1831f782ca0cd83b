#!/usr/bin/env bash
# What action.yml runs: fetches the released kloe with its checksum, and checks a folder. Everything from outside comes in variables and
# is used in quotes only. tests/action.rs runs it.
set -euo pipefail

fail() {
    echo "::error title=kloe action::$1"
    exit 2
}

# Names of this program's own variables must not reach kloe, which reads KLOE_* itself.
version=${INPUT_VERSION:-}
path=${INPUT_PATH:-.}
config=${INPUT_CONFIG:-}
formats=${INPUT_FORMAT:-github}
fail_on=${INPUT_FAIL_ON:-}
arguments=${INPUT_ARGS:-}
repository=${INPUT_REPOSITORY:-}
action=${GITHUB_ACTION_PATH:?}
temporary=${RUNNER_TEMP:?}
output=${GITHUB_OUTPUT:?}
if command -v cygpath > /dev/null; then
    action=$(cygpath --unix "$action")
    temporary=$(cygpath --unix "$temporary")
fi

# The version of the action itself, unless another is asked for.
if [[ -z $version ]]; then
    version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$action/Cargo.toml" | head -n 1)
fi
version=${version#v}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || fail "the version is not one such as 0.1.0"

# The repository that the action came from: by its name, else by the folder that the runner keeps it in, else this one.
if [[ -z $repository && $action =~ /_actions/([^/]+/[^/]+)/ ]]; then
    repository=${BASH_REMATCH[1]}
fi
repository=${repository:-${GITHUB_REPOSITORY:-}}
[[ $repository =~ ^[0-9A-Za-z._-]+/[0-9A-Za-z._-]+$ ]] || fail "the repository is not of the form owner/name"

case "${RUNNER_OS:-}-${RUNNER_ARCH:-}" in
    Linux-X64) target=x86_64-unknown-linux-musl kind=tar.gz ;;
    Linux-ARM64) target=aarch64-unknown-linux-musl kind=tar.gz ;;
    macOS-X64) target=x86_64-apple-darwin kind=tar.gz ;;
    macOS-ARM64) target=aarch64-apple-darwin kind=tar.gz ;;
    Windows-*) target=x86_64-pc-windows-msvc kind=zip ;;
    *) fail "there is no release for this runner (${RUNNER_OS:-unknown} ${RUNNER_ARCH:-})" ;;
esac

name=kloe-$version-$target
from=${KLOE_ACTION_RELEASES:-${GITHUB_SERVER_URL:-https://github.com}/$repository/releases/download}/v$version
unset KLOE_ACTION_RELEASES
folder=$temporary/kloe-$version
reports=$temporary/kloe-reports
mkdir -p "$folder" "$reports"
cd "$folder"
for file in "$name.$kind" SHA256SUMS; do
    curl --fail --silent --show-error --location --retry 3 --output "$file" "$from/$file" || fail "cannot fetch $from/$file"
done
sum=$(awk -v name="$name.$kind" '$2 == name || $2 == "*" name { print $1 }' SHA256SUMS)
[[ $sum =~ ^[0-9a-f]{64}$ ]] || fail "SHA256SUMS has no sum for $name.$kind"
if command -v sha256sum > /dev/null; then
    found=$(sha256sum "$name.$kind")
else
    found=$(shasum -a 256 "$name.$kind")
fi
[[ ${found%% *} == "$sum" ]] || fail "the checksum of $name.$kind is wrong; it was not run"
if [[ $kind == zip ]]; then unzip -oq "$name.$kind"; else tar -xzf "$name.$kind"; fi
kloe=$folder/$name/kloe
[[ $kind == zip ]] && kloe=$kloe.exe
cd "${GITHUB_WORKSPACE:?}"

# GitHub's annotations and the text for people go to the log; every other format to a file of its own.
command=("$kloe" check)
log=
for format in ${formats//,/ }; do
    [[ $format =~ ^[a-z][a-z-]*$ ]] || fail "a format is not one that kloe knows"
    case $format in
        github | human)
            [[ -z $log ]] || fail "of the formats only one of github and human can go to the log"
            log=$format
            ;;
        junit) command+=(--format junit --output "$reports/kloe.xml") ;;
        markdown) command+=(--format markdown --output "$reports/kloe.md") ;;
        gitlab) command+=(--format gitlab --output "$reports/kloe.gitlab.json") ;;
        csv-*) command+=(--format "$format" --output "$reports/kloe.${format#csv-}.csv") ;;
        *) command+=(--format "$format" --output "$reports/kloe.$format") ;;
    esac
done
[[ -n $log ]] && command+=(--format "$log")
[[ -n $config ]] && command+=(--config "$config")
[[ -n $fail_on ]] && command+=(--fail-on "$fail_on")
# One argument a line, so that names with spaces need no quotes and nothing is ever a command.
while IFS= read -r argument; do
    argument=${argument%$'\r'}
    [[ -n $argument ]] && command+=("$argument")
done <<< "$arguments"

status=0
"${command[@]}" -- "$path" || status=$?
{
    echo "status=$status"
    echo "version=$version"
    echo "binary=$kloe"
    echo "reports=$reports"
} >> "$output"
exit "$status"
