package dev.odometer.door.start;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Registers the beans of configurations by their methods. Spring's own way to read configurations can do much more, and
 * takes a third of a cold start; of that only the annotations named here are known, and any other stops the start. Beans
 * get what they need as parameters: annotations inside their classes are not read.
 */
final class PlainConfigurations {

    private static final Set<Class<? extends Annotation>> KNOWN = Set.of(
            AutoConfiguration.class,
            Configuration.class,
            Bean.class,
            ConditionalOnBean.class,
            ConditionalOnClass.class,
            ConditionalOnMissingBean.class,
            ConditionalOnProperty.class,
            Lazy.class);

    private static final List<Class<?>> FUNCTIONS = List.of(Function.class, Consumer.class, Supplier.class);

    private final GenericApplicationContext context;
    private final Conditions conditions;
    /** The order of configurations does not matter: whether a bean is there is asked when all others are. */
    private final List<Method> afterOthers = new ArrayList<>();

    private PlainConfigurations(GenericApplicationContext context) {
        this.context = context;
        this.conditions = new Conditions(context);
    }

    /** @throws IllegalStateException naming an annotation that is not known */
    static void register(GenericApplicationContext context, List<Class<?>> configurations) {
        var plain = new PlainConfigurations(context);
        configurations.forEach(plain::add);
        plain.afterOthers.sort(Comparator.comparing(method -> method.isAnnotationPresent(ConditionalOnBean.class)));
        plain.afterOthers.stream().filter(plain.conditions::hold).forEach(plain::bean);
    }

    private void add(Class<?> configuration) {
        if (!conditions.hold(configuration)) {
            return;
        }
        checkKnown(configuration, configuration);
        var itself = new RootBeanDefinition(configuration);
        itself.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        context.registerBeanDefinition(configuration.getName(), itself);
        for (Method method : configuration.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Bean.class)) {
                checkKnown(configuration, method);
                for (Parameter parameter : method.getParameters()) {
                    checkKnown(configuration, parameter);
                }
                if (Conditions.askForBeans(method)) {
                    afterOthers.add(method);
                } else if (conditions.hold(method)) {
                    bean(method);
                }
            }
        }
        for (Class<?> nested : configuration.getDeclaredClasses()) {
            if (nested.isAnnotationPresent(Configuration.class)) {
                add(nested);
            }
        }
    }

    private static void checkKnown(Class<?> configuration, AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (type.getName().startsWith("org.springframework.") && !KNOWN.contains(type)) {
                throw new IllegalStateException(configuration.getName() + " uses @" + type.getSimpleName()
                        + ", which the plain start of functions does not know");
            }
        }
    }

    private void bean(Method method) {
        var definition = new RootBeanDefinition();
        definition.setFactoryBeanName(method.getDeclaringClass().getName());
        definition.setUniqueFactoryMethodName(method.getName());
        definition.setResolvedFactoryMethod(method);
        definition.setTargetType(ResolvableType.forMethodReturnType(method));
        definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        definition.setDestroyMethodName(AbstractBeanDefinition.INFER_METHOD);
        // A function that this deployment does not serve is never made.
        definition.setLazyInit(method.isAnnotationPresent(Lazy.class)
                || FUNCTIONS.stream().anyMatch(kind -> kind.isAssignableFrom(method.getReturnType())));
        String[] names = method.getAnnotation(Bean.class).value();
        context.registerBeanDefinition(names.length == 0 ? method.getName() : names[0], definition);
    }
}
