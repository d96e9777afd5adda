package dev.odometer.api.functions.offender;

import java.sql.Connection;
import org.springframework.stereotype.Component;

/** Breaks the rules: a function that sees the database and Spring. */
@Component
public class SqlInAFunction {
    Connection connection;
}
