package dev.odometer.door.offender;

import java.sql.Connection;

/** Breaks the rules: the door sees a database. */
public class SqlInTheDoor {
    Connection connection;
}
