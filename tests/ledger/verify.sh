#!/bin/sh
# A second, independent check of a bundle with sha256sum, openssl and xxd: verify.sh FOLDER KEY
# Signatures, files, the Merkle root, numbering, and which objects are named; not quotations.
set -eu
export LC_ALL=C
cd "$1"
vkey=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

broken() {
	echo "BROKEN: $1"
	exit 1
}

# text_of NOTE: checks the signature and leaves the signed text in $scratch/NOTE
text_of() {
	name=${vkey%%+*}
	rest=${vkey#*+}
	id=${rest%%+*}
	printf %s "${rest#*+}" | base64 -d >"$scratch/public" || broken "the key"
	[ "$( (printf '%s\n' "$name"; cat "$scratch/public") | sha256sum | cut -c1-8)" = "$id" ] || broken "the key's id"
	sed '/^$/,$d' "$1" >"$scratch/$1"
	sed '1,/^$/d' "$1" >"$scratch/signature"
	[ "$( (cat "$scratch/$1"; echo; cat "$scratch/signature") | sha256sum)" = "$(sha256sum <"$1")" ] || broken "$1"
	[ "$(wc -l <"$scratch/signature")" = 1 ] || broken "$1 has not one signature"
	line=$(cat "$scratch/signature")
	encoded=${line#"— $name "}
	[ "— $name $encoded" = "$line" ] || broken "$1 is signed by another"
	printf %s "$encoded" | base64 -d >"$scratch/raw" 2>/dev/null || broken "$1: not base64"
	[ "$(base64 -w0 <"$scratch/raw")" = "$encoded" ] || broken "$1: loose base64"
	[ "$(head -c4 "$scratch/raw" | xxd -p)" = "$id" ] || broken "$1 is signed by another key"
	tail -c +5 "$scratch/raw" >"$scratch/sig"
	(printf 302a300506032b6570032100 | xxd -r -p; tail -c +2 "$scratch/public") >"$scratch/der"
	openssl pkeyutl -verify -pubin -keyform DER -inkey "$scratch/der" -rawin -in "$scratch/$1" \
		-sigfile "$scratch/sig" >/dev/null 2>&1 || broken "the signature of $1"
}

for file in manifest checkpoint entries.jsonl; do
	[ -f $file ] && [ ! -L $file ] || broken "$file is missing"
done
text_of manifest
sha256sum --check --strict --status "$scratch/manifest" 2>/dev/null || broken "a file was changed"
(cut -c67- "$scratch/manifest"; echo manifest) | sort >"$scratch/listed"
find . ! -type d | cut -c3- | sort >"$scratch/there"
cmp -s "$scratch/listed" "$scratch/there" || broken "files are missing or were added"
sed -n 's|^\(.*\)  objects/|\1 |p' "$scratch/manifest" | while read -r digest file; do
	[ "$digest" = "$file" ] || broken "object $file"
done

text_of checkpoint
[ "$(sed -n 1p "$scratch/checkpoint")" = "${vkey%%+*}" ] || broken "the checkpoint is of another ledger"
size=$(sed -n 2p "$scratch/checkpoint")
[ "$(wc -l <entries.jsonl)" = "$size" ] || broken "the number of entries"

# Leaves, then level by level: pairs are joined, an odd last one moves up.
number=0
: >"$scratch/level"
while IFS= read -r line; do
	case $line in *"\"number\":$number,\"version\":"[0-9]*"}") ;; *) broken "entry $number is out of place" ;; esac
	printf '\000%s' "$line" | sha256sum | cut -c1-64 >>"$scratch/level"
	number=$((number + 1))
done <entries.jsonl
[ "$number" = "$size" ] || broken "the last line has no end"
while [ "$(wc -l <"$scratch/level")" -gt 1 ]; do
	while read -r left && read -r right || [ -n "$left" ]; do
		if [ -n "$right" ]; then
			printf '01%s%s' "$left" "$right" | xxd -r -p | sha256sum | cut -c1-64
		else
			echo "$left"
		fi
		left='' right=''
	done <"$scratch/level" >"$scratch/next"
	mv "$scratch/next" "$scratch/level"
done
root=$(cat "$scratch/level")
[ "$size" -gt 0 ] || root=$(sha256sum </dev/null | cut -c1-64)
[ "$(printf %s "$root" | xxd -r -p | base64 -w0)" = "$(sed -n 3p "$scratch/checkpoint")" ] || broken "the root"

grep -oE '"(object|text|record|diff|chain|index)":"[0-9a-f]{64}"' entries.jsonl | grep -oE '[0-9a-f]{64}' | sort -u \
	>"$scratch/named" || true
sed -n 's|^.*  objects/||p' "$scratch/manifest" | sort -u >"$scratch/kept"
cmp -s "$scratch/named" "$scratch/kept" || broken "objects are missing or are named by no entry"
echo "unbroken: $size entries"
