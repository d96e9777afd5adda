package dev.odometer.api.functions.offender;

import java.sql.Connection;
import org.springframework.stereotype.Component;

/** Violates the rules: a function that depends on the database and Spring. */
@Component
public class SqlInAFunction {
    Connection connection;
}
