import "./page";
import "./forms";
import "./keys";
import "./list";
import "./live";
