package dev.odometer.door.start;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.support.GenericApplicationContext;

/** Spring's plain context less the parts that cost start-up time and that no function has use for. */
final class FunctionContext extends GenericApplicationContext {

    @Override
    protected void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        // Would look for annotated methods in every class of every bean.
        removeBeanDefinition(AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME);
    }

    @Override
    protected void initMessageSource() {
        // No messages: its formats would load the JDK's locale data.
    }
}
