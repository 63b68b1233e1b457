# Makes the document of one stack. PROJECT: its folder. TOOL: pulumi, terraform or tofu. DOCUMENT: the file, from here.
root="$PWD"
cd "$PROJECT"
case "$TOOL" in
  pulumi)
    pulumi install
    pulumi preview --stack "$STACK" --json --show-sames > "$root/$DOCUMENT" || { status=$?; cat "$root/$DOCUMENT" >&2; exit "$status"; }
    ;;
  terraform | tofu)
    "$TOOL" init -input=false ${BACKEND_CONFIG:+-backend-config="$BACKEND_CONFIG"}
    "$TOOL" plan -input=false -out=cenguard.tfplan ${VAR_FILE:+-var-file="$VAR_FILE"}
    "$TOOL" show -json cenguard.tfplan > "$root/$DOCUMENT"
    ;;
  *)
    echo "TOOL: pulumi, terraform or tofu was expected, not '$TOOL'" >&2
    exit 2
    ;;
esac
cd "$root"
