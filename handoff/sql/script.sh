usage() {
  cat <<HELP
Usage: bash $0 analytics HOST [PORT]
       bash $0 edxapp HOST [PORT]

Makes databases, users and grants on the analytics RDS, or edxapp_ro on the edxapp server. Existing databases
and users are kept, and passwords are set anew: it may be run as often as you like. HOST of the analytics RDS is
\`address\` in the client stack's output \`databases\`.

The password of the user who logs in is asked for, unless the operator keeps it in SSM as that of the analytics RDS's master
user. That, and those of the users that are made, come from SSM, and are asked for where SSM does not give them. The
connection is TLS, and the server's certificate is verified.

  MYSQL_LOGIN    user who logs in ($(analytics_login "") on analytics, $(edxapp_login "") on edxapp)
  MYSQL_SSL_CA   file with the certificate authorities of a server that is not RDS
HELP
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# A password from the terminal, which does not show it.
typed() {
  local password=
  IFS= read -rsp "Password of $1: " password || true
  echo >&2
  [ -n "$password" ] || fail "No password of $1 was given; nothing was changed."
  printf %s "$password"
}

# The password of a user from its parameter in SSM, or from the terminal.
password_of() {
  local password
  if ! command -v aws >/dev/null; then
    echo "Without the aws command, passwords are not read from SSM." >&2
  elif password=$(aws ssm get-parameter --region "$region" --name "$2" --with-decryption \
    --query Parameter.Value --output text 2>"$folder/reason"); then
    printf %s "$password"
    return
  else
    echo "SSM does not give $2: $(tail -n 1 "$folder/reason")" >&2
  fi
  typed "$1"
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

# SQL that makes a user with the password in a parameter; printf is bash's own, so that no process shows it.
user() {
  local account password
  account="$(sql_string "$1")@'%'"
  password=$(password_of "$1" "$2") || exit 1
  password=$(sql_string "$password")
  printf 'CREATE USER IF NOT EXISTS %s IDENTIFIED BY %s;\n' "$account" "$password"
  printf 'ALTER USER %s IDENTIFIED BY %s;\n' "$account" "$password"
}

# What the mysql client is told, in a file of this run alone, in memory where there is such a folder.
write_options() {
  local authorities=${MYSQL_SSL_CA:-$folder/rds.pem} client=ssl-mode=VERIFY_IDENTITY
  if mysql --version | grep -q MariaDB; then
    # MariaDB's client prints a statement that is refused, and there may be a password in it.
    client=$'ssl-verify-server-cert\nloose-skip-print-query-on-error'
  fi
  certificates >"$folder/rds.pem"
  [ -s "$authorities" ] || fail "There are no certificate authorities in $authorities. Download RDS's from https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem and set MYSQL_SSL_CA to the file."
  cat >"$folder/options" <<OPTIONS
[client]
host=$(option "$host")
port=$port
protocol=tcp
user=$(option "$login")
password=$(option "$1")
connect-timeout=10
default-character-set=utf8mb4
ssl-ca=$(option "$authorities")
$client
OPTIONS
}

# Asks the server what is on standard input, or in the arguments.
query() {
  MYSQL_TEST_LOGIN_FILE="$folder/none" mysql --defaults-file="$folder/options" --batch "$@"
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
  local server=${1:-} host=${2:-} port=${3:-3306} login parameter= password sql
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
  folder=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  if [ -n "$parameter" ]; then
    password=$(password_of "$login on $host" "$parameter")
  else
    password=$(typed "$login on $host")
  fi
  write_options "$password"
  require_version
  sql=$("${server}_sql")
  printf "SET SESSION sql_mode = '';\n%s\n" "$sql" | query
  echo "$server on $host is as it should be." >&2
}

# Nothing of a caller's exported variables or trace has a password in it.
{ set +ax; unset password sql text account login; } 2>/dev/null
main "$@"
