import { Expression, type Values } from "./value";

/** A database of Django's on the analytics RDS, by the variables that say once where it is. */
export function djangoDatabase(nameVariable: string): Values {
  return {
    ENGINE: "django.db.backends.mysql",
    NAME: variable(nameVariable),
    USER: variable("ANALYTICS_MYSQL_USER"),
    PASSWORD: variable("ANALYTICS_MYSQL_PASSWORD"),
    HOST: variable("ANALYTICS_MYSQL_HOST"),
    PORT: variable("ANALYTICS_MYSQL_PORT"),
  };
}

/** The value of another of Ansible's variables. */
export function variable(name: string): Expression {
  return new Expression(`{{ ${name} }}`);
}
