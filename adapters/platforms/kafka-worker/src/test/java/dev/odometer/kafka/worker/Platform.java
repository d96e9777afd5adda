package dev.odometer.kafka.worker;

import java.util.Map;
import javax.sql.DataSource;

/**
 * The broker and the database of a test.
 *
 * @param security the client properties that the broker requires
 */
record Platform(
        String servers, DataSource database, String url, String user, String password, Map<String, Object> security) {}
