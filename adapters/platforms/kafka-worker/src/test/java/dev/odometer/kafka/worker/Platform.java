package dev.odometer.kafka.worker;

import java.util.Map;
import javax.sql.DataSource;

/**
 * A broker and a database to test with, wherever they run.
 *
 * @param security what the broker asks of clients
 */
record Platform(
        String servers, DataSource database, String url, String user, String password, Map<String, Object> security) {}
