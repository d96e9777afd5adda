package dev.odometer.local.http;

import dev.odometer.door.schedule.ScheduleRunnerConfiguration;
import dev.odometer.local.http.server.MetricsConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;

/**
 * Serves the functions of a Spring Boot application over HTTP, passes files that arrive in a folder to them, and calls
 * due schedules.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({
    ServerConfiguration.class,
    MetricsConfiguration.class,
    FilesConfiguration.class,
    ScheduleRunnerConfiguration.class
})
public class LocalHttpConfiguration {}
