package dev.odometer.door.start;

import java.util.List;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.catalog.BeanFactoryAwareFunctionRegistry;
import org.springframework.cloud.function.json.JacksonMapper;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application behind a platform's function: Spring's container and the configurations that the jars bring. What
 * Spring Boot puts around them for a service is half of a cold start, and nothing here asks for it. Settings are
 * environment variables ({@code ODOMETER_DATABASE_URL}) and system properties.
 */
@Configuration(proxyBeanMethods = false)
@Import(BroughtConfigurations.class)
public class FunctionApplication {

    private static final String DATABASE_URL = "odometer.database.url";

    /**
     * @param platform the configuration of the platform's own beans
     * @throws IllegalStateException naming the setting that is missing or wrong; a database that is away is no reason
     */
    public static ConfigurableApplicationContext start(ConfigurableEnvironment environment, Class<?> platform) {
        if (environment.getProperty(DATABASE_URL, "").isBlank()) {
            throw new IllegalStateException("No database is set: ODOMETER_DATABASE_URL must be a jdbc:postgresql: URL");
        }
        var context = new FunctionContext();
        // A platform's threads may have a class loader that does not know the functions.
        context.setClassLoader(platform.getClassLoader());
        context.setEnvironment(environment);
        new AnnotatedBeanDefinitionReader(context).register(FunctionApplication.class, platform);
        context.refresh();
        return context;
    }

    /** Spring Cloud Function's catalog, without the converters: doors have the values ready. */
    @Bean
    FunctionCatalog functionCatalog() {
        var bytes = new CompositeMessageConverter(List.of(new ByteArrayMessageConverter()));
        return new BeanFactoryAwareFunctionRegistry(null, bytes, new JacksonMapper(JsonMapper.shared()), null, null);
    }
}
