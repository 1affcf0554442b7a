#!/bin/sh
# Joins the style sheets, in the order in which they build on each other, into the bundle that Trunk is staging.
set -eu
cd "$(dirname "$0")"
cat tokens.css base.css layout.css forms.css table.css verdict.css answer.css review.css policy.css people.css registers.css print.css >"$TRUNK_STAGING_DIR/kakunin.css"
