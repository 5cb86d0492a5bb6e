package peer;

import com.sun.xml.ws.transport.http.servlet.WSServlet;
import com.sun.xml.ws.transport.http.servlet.WSServletContextListener;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** JAX-WS RI on an embedded Jetty: {@code Main PORT THREADS WEBAPP}. */
public final class Main {
    private Main() {
    }

    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[1]);
        Server server = new Server(new QueuedThreadPool(threads, threads));
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        connector.setAcceptQueueSize(511);
        server.addConnector(connector);
        ServletContextHandler handler = new ServletContextHandler();
        handler.setContextPath("/");
        handler.setResourceBase(arguments[2]);
        handler.addEventListener(new WSServletContextListener());
        handler.addServlet(new ServletHolder(new WSServlet()), "/*");
        server.setHandler(handler);
        server.start();
        server.join();
    }
}
