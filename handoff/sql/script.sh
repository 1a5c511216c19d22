usage() {
  cat <<HELP
Usage: bash $0 analytics HOST [PORT]
       bash $0 edxapp HOST [PORT]

Makes databases, users and grants on the analytics RDS, or edxapp_ro on the edxapp server. Existing databases
and users are kept, and passwords are set anew: it may be run as often as you like. HOST of the analytics RDS is
\`address\` in the client stack's output \`databases\`.

The password of the user who logs in is asked for, unless the operator keeps it in SSM as that of the analytics RDS's master
user. That, and those of the users that are made, come from SSM, and are asked for where SSM does not give them. SSM is
asked with your AWS credentials, which have to be of $caller.
The connection is TLS, and the server's certificate is verified.

  MYSQL_LOGIN    user who logs in ($(analytics_login "") on analytics, $(edxapp_login "") on edxapp)
  MYSQL_SSL_CA   file with the certificate authorities of a server that is not RDS
HELP
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# A password from the terminal, which does not show it, into the variable `password`. Read in the shell itself: in a
# command substitution it would go on after a signal to the script.
typed() {
  password=
  IFS= read -rsp "Password of $1: " password || true
  echo >&2
  [ -n "$password" ] || fail "No password of $1 was given; nothing was changed."
}

# The password of a user from its parameter in SSM, or from the terminal, into the variable `password`.
password_of() {
  if ! command -v aws >/dev/null; then
    echo "Without the aws command, passwords are not read from SSM." >&2
  elif password=$(aws ssm get-parameter --region "$region" --name "$2" --with-decryption \
    --query Parameter.Value --output text 2>"$folder/reason"); then
    return
  else
    echo "SSM does not give $2: $(tail -n 1 "$folder/reason")" >&2
    echo "It takes credentials of $caller." >&2
  fi
  typed "$1"
}

# Adds what is on standard input to the SQL.
statements() {
  local line
  while IFS= read -r line; do
    sql+=$line$'\n'
  done
}

# A string of SQL's, under a sql_mode that takes backslashes for escapes.
sql_string() {
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\'/\'\'}
  printf "'%s'" "$text"
}

# A string of MySQL's option files.
option() {
  local text=$1
  text=${text//\\/\\\\}
  text=${text//\"/\\\"}
  printf '"%s"' "$text"
}

# Adds SQL that makes a user with the password in a parameter.
user() {
  local account password
  account="$(sql_string "$1")@'%'"
  password_of "$1" "$2"
  password=$(sql_string "$password")
  sql+="CREATE USER IF NOT EXISTS $account IDENTIFIED BY $password;"$'\n'
  sql+="ALTER USER $account IDENTIFIED BY $password;"$'\n'
}

# Which certificate authorities and which client there are.
prepare_client() {
  authorities=${MYSQL_SSL_CA:-$folder/rds.pem} verification=ssl-mode=VERIFY_IDENTITY
  if mysql --version | grep -q MariaDB; then
    # MariaDB's client prints a statement that is refused, and there may be a password in it.
    verification=$'ssl-verify-server-cert\nloose-skip-print-query-on-error'
  fi
  certificates >"$folder/rds.pem"
  [ -s "$authorities" ] || fail "There are no certificate authorities in $authorities. Download RDS's from https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem and set MYSQL_SSL_CA to the file."
}

# What the mysql client is told. The password is in no file and no process's arguments, as printf is bash's own, and bash
# keeps a here-document in a file.
options() {
  printf '%s\n' "[client]" "host=$(option "$host")" "port=$port" protocol=tcp "user=$(option "$login")" \
    "password=$(option "$login_password")" connect-timeout=10 default-character-set=utf8mb4 \
    "ssl-ca=$(option "$authorities")" "$verification"
}

# Asks the server what is on standard input, or in the arguments. The client reads its options from a descriptor.
query() {
  MYSQL_TEST_LOGIN_FILE="$folder/none" mysql --defaults-file=<(options) --batch "$@"
}

# Before any SQL with a password: a server that does not know the statement quotes it in its error.
require_version() {
  local version product=MySQL least=5.7
  version=$(query --skip-column-names --execute "SELECT VERSION()" </dev/null)
  if [[ $version == *MariaDB* ]]; then
    product=MariaDB least=10.2
  fi
  if ! [[ $version =~ ^([0-9]+)\.([0-9]+) ]] ||
    ((10#${BASH_REMATCH[1]} * 1000 + 10#${BASH_REMATCH[2]} < ${least%.*} * 1000 + ${least#*.})); then
    fail "The server on $host is $product $version; $product $least or later is required. Nothing was changed."
  fi
}

main() {
  local server=${1:-} host=${2:-} port=${3:-3306} login parameter= password login_password authorities verification sql
  case $server in
    -h | --help)
      usage
      return
      ;;
    analytics | edxapp) ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
  [ -n "$host" ] || fail "HOST is missing: bash $0 $server HOST"
  [[ $port =~ ^[0-9]+$ ]] || fail "PORT is $port; a number is required, as in 3306."
  command -v mysql >/dev/null || fail "The mysql client is missing. Install it: sudo apt-get install default-mysql-client"
  login=${MYSQL_LOGIN:-}
  if [ -z "$login" ]; then
    login=$("${server}_login" "$host")
    parameter=$("${server}_login_parameter" "$host")
  fi

  umask 077
  # Named before it is made, so that no signal comes in between; bash ends by this after a signal too.
  folder=${TMPDIR:-/tmp}/edx-analytics-sql.$$.$RANDOM
  trap 'rm -rf "$folder"' EXIT
  mkdir "$folder"
  if [ -n "$parameter" ]; then
    password_of "$login on $host" "$parameter"
  else
    typed "$login on $host"
  fi
  login_password=$password
  prepare_client
  require_version
  sql="SET SESSION sql_mode = '';"$'\n'
  "${server}_sql"
  printf %s "$sql" | query
  echo "$server on $host is as it should be." >&2
}

# Nothing of a caller's exported variables or trace has a password in it.
{ set +ax; unset folder password login_password sql text account login line; } 2>/dev/null
main "$@"
