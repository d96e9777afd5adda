package dev.odometer.door.offender;

import java.sql.Connection;

/** Violates the rules: the door depends on a database. */
public class SqlInTheDoor {
    Connection connection;
}
