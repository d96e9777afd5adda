package dev.odometer.door.start;

import dev.odometer.functions.refusal.StartRefusal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.catalog.BeanFactoryAwareFunctionRegistry;
import org.springframework.cloud.function.json.JacksonMapper;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application of a platform's function: Spring's container and the auto-configurations of the jars. Spring Boot's
 * additions for services are not used, because they take half of a cold start. Settings are environment variables
 * ({@code ODOMETER_API_KEYS}) and system properties. It sets {@code odometer.cold-start}, so that configurations can
 * open slow resources in parallel with the start.
 */
@Configuration(proxyBeanMethods = false)
public class FunctionApplication {

    private static final Map<String, Object> COLD_START = Map.of("odometer.cold-start", true);

    /**
     * Starts the application.
     *
     * @param platform the configurations of the platform's own beans
     * @throws StartRefusal naming the setting or the bean that is missing or wrong
     */
    public static ConfigurableApplicationContext start(ConfigurableEnvironment environment, Class<?>... platform) {
        // Loaded in parallel: it takes long and is needed late, and functions have two processors during
        // initialization.
        var json = new Thread(JsonMapper::shared, "json");
        json.setDaemon(true);
        json.start();
        environment.getPropertySources().addLast(new MapPropertySource("functions", COLD_START));
        var context = new FunctionContext();
        // The class loader of a platform's threads may not find the functions.
        ClassLoader loader = platform[0].getClassLoader();
        context.setClassLoader(loader);
        context.setEnvironment(environment);
        PlainConfigurations.register(context, configurations(loader, platform));
        try {
            context.refresh();
        } catch (BeansException failure) {
            if (failure.getRootCause() instanceof StartRefusal refusal) {
                throw refusal;
            }
            if (failure.getRootCause() instanceof NoSuchBeanDefinitionException missing) {
                throw MissingBeanAnalyzer.refusal(failure, missing, environment);
            }
            throw failure;
        }
        return context;
    }

    /** All auto-configurations of the jars, except Spring's. */
    private static List<Class<?>> configurations(ClassLoader loader, Class<?>... platform) {
        var brought = ImportCandidates.load(AutoConfiguration.class, loader).getCandidates().stream()
                // A jar may be on the class path twice, by its name and by another jar's manifest.
                .distinct()
                .filter(name -> !name.startsWith("org.springframework."))
                .map(name -> ClassUtils.resolveClassName(name, loader));
        return Stream.of(brought, Stream.of(FunctionApplication.class), Stream.of(platform))
                .<Class<?>>flatMap(part -> part)
                .toList();
    }

    /** Spring Cloud Function's catalog, without converters, because doors pass values of the input type. */
    @Bean
    FunctionCatalog functionCatalog() {
        var bytes = new CompositeMessageConverter(List.of(new ByteArrayMessageConverter()));
        return new BeanFactoryAwareFunctionRegistry(null, bytes, new JacksonMapper(JsonMapper.shared()), null, null);
    }
}
