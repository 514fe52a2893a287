import "./page";
import "./forms";
import "./keys";
import "./live";
