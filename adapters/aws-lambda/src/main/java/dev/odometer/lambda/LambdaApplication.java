package dev.odometer.lambda;

import dev.odometer.door.HttpDoor;
import dev.odometer.lambda.batch.BatchConfiguration;
import dev.odometer.lambda.batch.BatchKinds;
import dev.odometer.lambda.http.HttpKinds;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.catalog.BeanFactoryAwareFunctionRegistry;
import org.springframework.cloud.function.json.JacksonMapper;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application behind the handler: Spring's container and the configurations that the jars bring. What Spring Boot
 * puts around them for a service is half of a cold start, and nothing here asks for it. Settings are environment
 * variables ({@code ODOMETER_DATABASE_URL}) and system properties.
 */
@Configuration(proxyBeanMethods = false)
@Import({BatchConfiguration.class, BroughtConfigurations.class})
class LambdaApplication {

    private static final String DATABASE_URL = "odometer.database.url";

    static ConfigurableApplicationContext start() {
        LambdaLog.install();
        return start(new StandardEnvironment());
    }

    /** @throws IllegalStateException naming the setting that is missing or wrong; a database that is away is no reason */
    static ConfigurableApplicationContext start(ConfigurableEnvironment environment) {
        if (environment.getProperty(DATABASE_URL, "").isBlank()) {
            throw new IllegalStateException("No database is set: ODOMETER_DATABASE_URL must be a jdbc:postgresql: URL");
        }
        var context = new LambdaContext();
        context.setEnvironment(environment);
        new AnnotatedBeanDefinitionReader(context).register(LambdaApplication.class);
        context.refresh();
        return context;
    }

    /** Spring Cloud Function's catalog, without the converters: doors have the values ready. */
    @Bean
    FunctionCatalog functionCatalog() {
        var bytes = new CompositeMessageConverter(List.of(new ByteArrayMessageConverter()));
        return new BeanFactoryAwareFunctionRegistry(null, bytes, new JacksonMapper(JsonMapper.shared()), null, null);
    }

    @Bean
    EventKinds eventKinds(HttpDoor http, BatchKinds batches) {
        return new EventKinds(Stream.of(HttpKinds.of(http), batches.rows())
                .flatMap(List::stream)
                .toList());
    }
}
